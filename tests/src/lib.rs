//! The project's own tests; see docs/ARCHITECTURE.md.
