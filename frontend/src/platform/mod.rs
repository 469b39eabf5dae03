//! What pages stand on: the API client, who is logged in, how things look.

pub mod actor;
pub mod client;
pub mod clock;
pub mod deed;
pub mod file;
pub mod keep;
pub mod locale;
pub mod theme;
pub mod when;
