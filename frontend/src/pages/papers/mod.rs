//! Papers: composed from items, or drawn by a blueprint, and sealed.

pub(crate) mod assembly;
pub(crate) mod blueprint;
pub(crate) mod blueprints;
pub(crate) mod draws;
mod key;
pub(crate) mod key_shares;
pub(crate) mod list;
pub(crate) mod new;
mod opening;
mod paper_card;
mod parts;
mod prints;
pub(crate) mod rehearsal;
pub(super) mod thousandths;
mod tools;
mod words;
