//! Student records: who may enrol, how records move, their papers, and how learners come to accounts.

mod activation;
mod amend;
mod applicant;
mod attachments;
mod corrections;
mod declined;
mod desk;
mod division_columns;
mod entity;
mod export;
mod form;
mod learners;
mod leaving;
mod list;
mod naming;
mod own;
mod owners;
mod person_facts;
mod place;
mod reentry;
mod registration;
mod retention;
mod routes;
mod rows;
mod rule_changes;
mod rules;
mod school_changes;
mod standing;
mod steps;
mod store;
mod work;

pub use activation::{activate, issue as issue_code};
pub use attachments::{SEALED, attach, portrait_of};
pub use corrections::of_account as corrections_of;
pub use declined::ForgetDocumentPhotos;
pub use desk::enrol;
pub use division_columns::division_columns;
pub use form::{note_print, printable};
pub use learners::{
    LearnerFacts, begin_studies, enrolled_on_of, graduate, hold_record, learner_by_number, learners,
    learners_by_records, learners_of, permit_learner, record_of, records_of_person,
};
pub use leaving::{Leaver, RECORD_LEFT, leaver};
pub use naming::FollowName;
pub use own::list as own_records;
pub use owners::Owners;
pub use person_facts::person_facts;
pub use retention::forget_papers;
pub use routes::routes;
pub use steps::take as take_step;
pub use work::work;
