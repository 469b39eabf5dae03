//! 学籍: who may enrol, the records of learners, their papers, and how they come to their accounts.
//!
//! Doors for what stands below (classes, credit bank):
//!
//! - `record_of(cx, account_id) -> AppResult<Option<LearnerFacts>>`: the record by which an account
//!   learns, the running one before those that have ended.
//! - `learners(cx, provider_id, level) -> AppResult<Vec<LearnerFacts>>`: whom a school may put into a
//!   class of this level: registered, studying or suspended, by name.
//! - `learners_of(cx, &[AccountId]) -> AppResult<HashMap<AccountId, LearnerFacts>>`.
//! - `begin_studies(cx, tx, by: AccountId, account_id) -> AppResult<()>`: within the write that puts a
//!   learner into a class; a record that is not `registered` stays as it is.
//!
//! `LearnerFacts { record_id, account_id, person_id, provider_id, division, name, learner_number, level,
//! state, rule_region, rule_valid_from }`.
