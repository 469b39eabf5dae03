//! What pages stand on: the API client, who is logged in, how things look.

pub mod actor;
pub mod client;
pub mod clock;
pub mod creation;
pub mod crypto;
pub mod deed;
pub mod device;
pub mod file;
pub mod job;
pub mod keep;
pub mod kept_modules;
pub mod locale;
pub mod offline_app;
pub mod persistence;
pub mod players;
pub mod reconnect;
pub mod refusal;
pub mod server_clock;
pub mod speech;
pub mod still;
pub mod store;
pub mod tab_lock;
pub mod theme;
pub mod timing;
pub mod when;
pub mod whole_list;
