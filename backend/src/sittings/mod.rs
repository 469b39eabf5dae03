//! Feature `sittings`.
