package io.lifeboat.runbook;

/** A runbook as it was read, with the places of its keys, so that whoever judges it can point at them. */
public record RunbookDocument(RunbookFile file, Positions positions) {
    public Runbook runbook() {
        return file.runbook();
    }
}
