//! The item bank: what is there, and what comes in.

mod detail;
mod draft;
pub(crate) mod import;
pub(crate) mod kind;
pub(crate) mod list;
mod revise;
mod seen;
