//! Summaries for ARCP preparation, from chosen lines to files.
