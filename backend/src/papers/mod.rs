//! Papers: chosen items with points, and the sealed package that candidates' devices fetch; blueprints, and the forms
//! that are drawn by them.

mod assemblies;
mod bank;
mod blueprint_routes;
mod blueprints;
mod discarding;
mod draw_routes;
mod draws;
mod entity;
mod imported;
mod key_ceremonies;
mod key_routes;
mod key_shares;
mod keys;
mod opening;
mod prints;
mod proposing;
mod rehearsal;
mod routes;
mod sealing;
mod seen;
mod service;
mod splitting;
mod store;
mod tools;
mod work;

pub use bank::note_use;
pub use blueprints::{WriteBlueprint, create as write_blueprint};
pub use imported::ComposeImported;
pub use key_ceremonies::refuse_unfinished as refuse_unfinished_ceremony;
pub use key_shares::{
    HoldKeyShare, forget_handed_in as forget_key_shares, hand_in as hand_in_key_share, permit_custodian,
};
pub use keys::{SEALED, content_key};
pub use prints::{PrintPaper, PrintablePaper, note_print, printable};
pub use proposing::{ProposeSeal, propose};
pub use routes::routes;
pub use sealing::{PackageHead, SealPaper, SealedItem, closing_minutes_of, package_head, seal, sealed_items, shape_of};
pub use service::{ComposePaper, compose, newest_sealed, paper};
pub use work::work;
