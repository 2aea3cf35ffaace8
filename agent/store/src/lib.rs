//! Room of the agent; see docs/ARCHITECTURE.md.
