//! Divisions and providers.
