//! The rules of Chengxi and the types of its API.
//!
//! Everything here is pure: no IO, no clock, no source of randomness. Server and browser run the
//! same code, so this crate compiles to WASM.

pub mod calculator;
pub mod check_digit;
pub mod credit_bank;
pub mod dated_rules;
pub mod delivery;
pub mod device_log;
mod draw;
pub mod enrolment;
pub mod exports;
pub mod identity;
pub mod ids;
pub mod item_bank;
pub mod jobs;
pub mod learning;
pub mod marking;
pub mod media;
pub mod messages;
pub mod organisation;
pub mod own_data;
pub mod page;
pub mod papers;
pub mod people;
pub mod person;
pub mod points;
pub mod problem;
pub mod results;
pub mod rights;
pub mod roster;
pub mod sittings;
pub mod system;
pub mod teaching;
pub mod time;
pub mod work;
