package io.lifeboat.lab.power;

/** In which way an agent is out of order, for rehearsals of exactly that. */
public enum Breakdown {
    /** It works. */
    NONE,
    /** It answers {@code off} and {@code on} with 500 and does nothing. */
    FAILS,
    /** It accepts {@code off} and {@code on} and never answers. */
    HANGS,
    /** It answers {@code off} as if all had been stopped, and stops nothing. What it says when asked stays true. */
    LIES
}
