//! Feature `marking`.
