//! Records fetches as HAR 1.2 and answers from such a recording.
