package io.lifeboat.workflow.report;

/** How the page looks: on a screen by day and by night, on a telephone, on A4. */
final class ReportStyle {
    static final String CSS = """
            :root{color-scheme:light dark;--page:#f6f7f8;--sheet:#fff;--ink:#17212b;--soft:#55616e;--line:#dfe4e8;
            --work:#2b6496;--aside:#9fbdd6;--human:#b7730f;--track:#eef1f3;--outage:#c0392b;
            --green:#1a7445;--amber:#9a5b00;--red:#b3261e;--tint:#eef6f1}
            .amber{--tint:#fdf5e6}.red{--tint:#fdefee}
            @media(prefers-color-scheme:dark){:root{--page:#0f1419;--sheet:#161d24;--ink:#e4e9ee;--soft:#9eabb8;--line:#2b353f;
            --work:#6fa8d8;--aside:#3c5a75;--human:#dba548;--track:#212a33;--outage:#ee7d72;
            --green:#63c793;--amber:#e3b04f;--red:#f08a80;--tint:#16261e}
            .amber{--tint:#2a2314}.red{--tint:#2d1a1a}}
            *{box-sizing:border-box}
            body{margin:0;background:var(--page);color:var(--ink);font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;
            font-variant-numeric:tabular-nums;-webkit-text-size-adjust:100%;overflow-wrap:anywhere}
            main{max-width:60rem;margin:2.5rem auto;padding:3rem 3.5rem;background:var(--sheet);border:1px solid var(--line);border-radius:12px}
            h1,h2,h3,p,dl,dd,figure,ul,ol{margin:0}
            h1{font-size:1.9rem;line-height:1.2;font-weight:650;letter-spacing:-.015em}
            h2{font-size:1.15rem;font-weight:650;margin-bottom:.9rem}
            h3{font-size:1rem;font-weight:600;margin:1.6rem 0 .5rem}
            section{margin-top:3rem}
            .eyebrow,.soft,caption,figcaption{color:var(--soft)}
            .eyebrow{font-size:.9rem;margin-bottom:.4rem}
            .soft,figcaption{font-size:.9rem}
            .verdict{margin-top:1.8rem;padding:1.4rem 1.6rem;border-radius:8px;border-left:6px solid var(--tone);background:var(--tint)}
            .green{--tone:var(--green)}.amber{--tone:var(--amber)}.red{--tone:var(--red)}
            .verdict h2{color:var(--tone);margin:0 0 .3rem;font-size:1rem}
            .verdict p{font-size:1.25rem;line-height:1.4;text-wrap:pretty}
            .pair{display:grid;grid-template-columns:1fr 1fr;gap:1rem;margin-top:1rem}
            .objective{padding:1.4rem 1.6rem;border:1px solid var(--line);border-radius:8px}
            .objective h3{margin:0;font-size:.9rem;color:var(--soft);font-weight:500}
            .figure{font-size:2.3rem;line-height:1.25;font-weight:600;letter-spacing:-.02em}
            .figure.absent{font-size:1.5rem;line-height:1.9;color:var(--soft);font-weight:500}
            .against{font-weight:500}.met{color:var(--green)}.missed{color:var(--red)}.unknown{color:var(--amber)}
            .gauge{height:4px;margin:.7rem 0;border-radius:2px;background:var(--track);overflow:hidden}
            .gauge i{display:block;height:100%;min-width:2px;background:currentColor}
            .clocks{display:grid;grid-template-columns:repeat(3,1fr);border-top:1px solid var(--line)}
            .clocks div{padding:1rem 1rem 1rem 0;border-bottom:1px solid var(--line)}
            .clocks dt{font-size:.9rem;color:var(--soft)}
            .clocks dd{font-size:1.3rem;font-weight:600}
            .clocks dd+dd{font-size:.85rem;font-weight:400;color:var(--soft);line-height:1.4}
            .clocks .absent{font-weight:400;font-size:1rem;line-height:2;color:var(--soft)}
            .timeline{display:block;width:100%;margin:1rem 0;overflow:visible}
            .timeline text{font:13px system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;fill:var(--ink);font-variant-numeric:tabular-nums}
            .timeline .quiet,.timeline .bad{paint-order:stroke;stroke:var(--sheet);stroke-width:4px;stroke-linejoin:round}.timeline .quiet{fill:var(--soft)}.timeline .bad{fill:var(--red)}.timeline .tick{fill:var(--soft);font-size:12px}
            .timeline .grid{stroke:var(--line)}.timeline .track{fill:var(--track)}
            .work{fill:var(--work)}.aside{fill:var(--aside)}.failed{fill:var(--red)}.skip{fill:none;stroke:var(--soft);stroke-dasharray:4 3}
            .outage{fill:var(--outage)}.veil{fill:var(--outage);opacity:.07}.path{stroke:var(--work);stroke-width:1.5}
            .wait{fill:url(#hatch)}.hatch-ground{fill:var(--human);opacity:.28}.hatch-line{stroke:var(--human);stroke-width:3}
            .legend{display:flex;flex-wrap:wrap;gap:.3rem 1.5rem;list-style:none;padding:0;font-size:.85rem;color:var(--soft)}
            .legend svg{width:22px;height:10px;margin-right:.5rem;vertical-align:baseline}
            .scroll{overflow-x:auto}
            .scroll:focus-visible{outline:2px solid var(--work);outline-offset:4px}
            table{width:100%;border-collapse:collapse;font-size:.92rem;line-height:1.45}
            caption{text-align:left;font-size:.9rem;padding-bottom:.6rem}
            th,td{text-align:left;vertical-align:top;padding:.6rem .9rem .6rem 0;border-bottom:1px solid var(--line)}
            thead th{font-weight:500;color:var(--soft);font-size:.85rem;white-space:nowrap}
            tbody th{font-weight:600;min-width:8.5rem}th,td{overflow-wrap:break-word}td.long,th.long{overflow-wrap:anywhere;min-width:10rem}
            td.n,th.n{text-align:right;white-space:nowrap}
            .state{white-space:nowrap}.state b{display:inline-block;width:.55em;height:.55em;margin-right:.5em;border-radius:50%;background:var(--soft)}
            .state.good b{background:var(--green)}.state.care b{background:var(--amber)}.state.bad b{background:var(--red)}
            .state.none b{background:none;border:1.5px solid var(--soft)}
            .wide{min-width:19rem;overflow-wrap:anywhere}
            .facts{display:grid;grid-template-columns:minmax(9rem,15rem) 1fr;gap:.35rem 1.2rem;font-size:.92rem}
            .facts dt{color:var(--soft)}
            .notes{padding-left:1.2rem}.notes li{margin:.35rem 0}.notes li::marker{color:var(--soft)}
            code{font:.88em ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace}
            footer{margin-top:3rem;padding-top:1.2rem;border-top:1px solid var(--line);font-size:.85rem;color:var(--soft)}
            @media(max-width:640px){main{margin:0;padding:1.5rem 1.15rem;border:0;border-radius:0}h1{font-size:1.5rem}
            .pair{grid-template-columns:1fr}.clocks{grid-template-columns:1fr 1fr}.figure{font-size:2rem}
            .verdict{padding:1.1rem 1.2rem}.verdict p{font-size:1.1rem}
            .facts{grid-template-columns:1fr;gap:0}.facts dd{margin-bottom:.6rem}section{margin-top:2.4rem}}
            @page{size:A4;margin:16mm 15mm}
            @media print{:root{--page:#fff;--sheet:#fff;--ink:#17212b;--soft:#4a5560;--line:#d5dadf;--work:#2b6496;--aside:#9fbdd6;
            --human:#b7730f;--track:#eef1f3;--outage:#c0392b;--green:#1a7445;--amber:#8a5200;--red:#b3261e;--tint:#eef6f1}
            .amber{--tint:#fdf5e6}.red{--tint:#fdefee}
            *{print-color-adjust:exact;-webkit-print-color-adjust:exact}
            body{font-size:10pt}main{max-width:none;margin:0;padding:0;border:0}section{margin-top:1.6rem}
            .pair{grid-template-columns:1fr 1fr}.clocks{grid-template-columns:repeat(3,1fr)}.clocks div{padding:.6rem .8rem .6rem 0}
            h2,h3{break-after:avoid}tr,figure,.objective,.verdict,.clocks div{break-inside:avoid}thead{display:table-header-group}.scroll{overflow:visible}}
            """;

    private ReportStyle() {}
}
