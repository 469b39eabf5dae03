//! The item bank: what is there, what comes in, and who finds it right.

pub(super) mod ability;
mod alike;
mod attachments;
mod change;
mod comments;
mod describe;
pub(super) mod detail;
pub(super) mod draft;
mod export;
pub(super) mod fields;
mod filters;
pub(crate) mod history;
pub(crate) mod import;
pub(crate) mod kind;
pub(crate) mod list;
pub(crate) mod mine;
pub(crate) mod new;
mod preview;
pub(crate) mod review;
mod revise;
mod seen;
mod state;
mod statistics;
pub(super) mod title;
mod unread;
