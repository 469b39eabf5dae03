//! Persons who are to learn, learn, or have learnt: who they are, and which place keeps them.
//!
//! Document numbers and phones are encrypted one by one and found by a blind index (ADR 11). A whole
//! number leaves by [`reveal`] alone.

mod add;
mod changes;
mod corrections;
mod division_columns;
mod entity;
mod export;
mod facts;
mod fields;
mod merge;
mod place;
mod renewal;
mod reveal;
mod routes;
mod store;
mod transfer_places;
mod transfers;
mod views;
mod work;

pub use add::{Added, SealedPerson, add, place_of_new, seal};
pub use changes::{PERSON_RENAMED, note_state};
pub use corrections::{
    AskForCorrection, AskingPerson, SEALED, WorkCalendar, ask as ask_correction, due_from_now as correction_due,
    of_person as corrections_of, withdraw as withdraw_correction,
};
pub use division_columns::division_columns;
pub use facts::{
    PersonFacts, facts, has_document_tail, has_phone, holds_number_of, is_proven_by, phones, survivors, visible_facts,
};
pub use merge::{
    FactBook, FactColumn, FactKeeper, Findings, Holder, Learning, MergePair, Parting, PersonMove, PlainFacts,
    RightEducation,
};
pub use place::{PersonPermit, hold, permit, person_place, person_places};
pub use renewal::{keys_of_numbers, keys_of_phones, renew_numbers, renew_phones};
pub use reveal::reveal_phone;
pub use routes::routes;
pub use transfers::{authorize_side, check_receiver, go_along, propose};
pub use views::{find_by_document, masked, names, names_within, sought_name};
pub use work::work;
