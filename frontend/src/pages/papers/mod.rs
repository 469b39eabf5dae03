//! Papers: composed from items, and sealed.

pub(crate) mod list;
pub(crate) mod new;
