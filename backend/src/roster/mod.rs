//! 花名册: who is to be asked whether they want to learn; survey lists come in, surveyors go out.

mod calls;
mod checks;
mod entity;
mod export;
mod faults;
mod feed;
mod hand;
mod jobs;
mod learners;
mod list;
mod moves;
mod parts;
mod person_facts;
mod place;
mod reading;
mod routes;
mod seal;
mod sheet;
mod steps;
mod store;
mod sums;
mod template;
mod upload;
mod visits;
mod work;

pub use jobs::ImportRows;
pub use learners::{ListedPerson, describe, listed, note_learner};
pub use list::{entries_by_name, entries_of};
pub use parts::forget_parts;
pub use person_facts::person_facts;
pub use routes::routes;
pub use seal::SEALED;
pub use sheet::rows_of_sheet;
pub use upload::take as take_list;
pub use visits::{assign as assign_surveyor, record as record_visits};
pub use work::work;
