//! What pages stand on: the API client, who is logged in, how things look.

pub(crate) mod actor;
pub(crate) mod client;
pub(crate) mod keep;
pub(crate) mod theme;
