//! Requests and responses of `/enrolments`, `/enrolment_rules`, `/activations` and `/me/enrolments`.
//!
//! Types that hold a whole number, a code or a password have no `Debug`.

use super::{AttachmentKind, EnrolmentRule, OwnSchoolChange, RecordState, RecordStep, SchoolChangeView};
use crate::{
    identity::{LoginName, check_password, holds_long_number},
    ids::{AccountId, AttachmentId, PersonId, ProviderId, RosterEntryId, StudentRecordId},
    learning::CourseLevel,
    messages::MessageView,
    people::{PersonView, StatedDocument},
    person::{EducationLevel, Sex, to_half_width},
    problem::FieldError,
    time::Timestamp,
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Who wants to enrol.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Applicant {
    /// Somebody on the roster.
    Listed {
        /// Their entry.
        entry_id: RosterEntryId,
    },
    /// Somebody whom the actor's place keeps already.
    Known {
        /// The person.
        person_id: PersonId,
    },
    /// Somebody from the street: name, document and phone, and the level beside them, are enough for a
    /// holder of a resident identity card.
    Stated {
        /// The name; at most 50 characters.
        name: String,
        /// The document that names the person.
        document: StatedDocument,
        /// A mobile number.
        phone: Option<String>,
        /// The birth date; needed where the number does not tell it.
        #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = Date))]
        #[serde(default, with = "crate::time::optional_date")]
        birth_date: Option<Date>,
        /// The sex; where the number tells it, the same.
        sex: Option<Sex>,
        /// Code of the registered residence (户籍所在地); without it, that of the actual one.
        household_division: Option<String>,
        /// Code of the township of actual residence (常住地); without it, the school's own township.
        residence_division: Option<String>,
    },
}

/// Body of `POST /enrolments` and of `POST /enrolments/check`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewEnrolment {
    /// The school.
    pub provider_id: ProviderId,
    /// The level to study for.
    pub level: CourseLevel,
    /// Who.
    pub applicant: Applicant,
    /// Code of GB/T 4658, as the diploma says; without it, what the roster knows. `education-unsettled`
    /// asks for it.
    pub education_level: Option<EducationLevel>,
    /// Whether they read and write, as the school has seen; junior school asks for no diploma then.
    #[serde(default)]
    pub is_literate: bool,
    /// Whether they go to a full-time school.
    #[serde(default)]
    pub is_in_full_time_school: bool,
}

/// Body of `PUT /enrolments/{id}`, with `If-Match`: what was entered, put right while the record is being filled
/// in. It is judged by the rules that the record keeps.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AmendEnrolment {
    /// The level to study for; of a learner who has a number, the one that they have.
    pub level: CourseLevel,
    /// Code of GB/T 4658, as the diploma says.
    pub education_level: Option<EducationLevel>,
    /// Whether they read and write, as the school has seen.
    #[serde(default)]
    pub is_literate: bool,
}

/// Reply of `POST /enrolments/check`, which writes nothing: yes, or the one reason why not. Wrong fields
/// are answered with `invalid` (422), as by `POST /enrolments` itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EnrolmentVerdict {
    /// Why not; nothing if they may enrol.
    pub refusal: Option<StatedRefusal>,
    /// Completed years of life today, if somebody may enrol.
    pub age: Option<i16>,
    /// The row of the rules by which they may enrol, and which they keep.
    pub rule: Option<EnrolmentRule>,
}

/// Why somebody may not enrol.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StatedRefusal {
    /// The message key below `problem.`: `enrolment-refused.too-young`, ….
    pub key: String,
    /// The same in one sentence of the request's language.
    pub detail: String,
    /// The facts that the sentence speaks of.
    #[serde(default, skip_serializing_if = "serde_json::Value::is_null")]
    pub params: serde_json::Value,
}

/// A record in the list of `GET /enrolments`. Filters: `division`, `provider_id`, `state`, `level`,
/// `person_id`, `name` (how it begins); `cursor` and `limit` as in every list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EnrolmentRow {
    /// The record.
    pub id: StudentRecordId,
    /// Grows with each change; the `ETag`.
    pub version: i32,
    /// The person.
    pub person_id: PersonId,
    /// The name.
    pub name: String,
    /// The school.
    pub provider_id: ProviderId,
    /// What the school is called.
    pub provider_name: String,
    /// Significant digits of the school's division.
    pub division: String,
    /// The level studied for.
    pub level: CourseLevel,
    /// Where the record stands.
    pub state: RecordState,
    /// The learner's number, once there is one.
    pub learner_number: Option<String>,
    /// The day of enrolment.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    pub enrolled_on: Date,
    /// When the record moved last.
    pub moved_at: Timestamp,
    /// The learner's account, from registration on.
    pub account_id: Option<AccountId>,
    /// Whether the learner has set a password of their own.
    pub is_activated: bool,
}

/// How many records are in one state: `GET /enrolments/counts`, with the filters `division`,
/// `provider_id` and `level`. States without a record are left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EnrolmentCount {
    /// The state.
    pub state: RecordState,
    /// How many.
    pub records: u64,
}

/// One record with everything that belongs to it: `GET /enrolments/{id}`, and the reply of
/// `POST /enrolments`, `PUT /enrolments/{id}` and `POST /enrolments/{id}/steps`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EnrolmentView {
    /// What the list shows.
    pub record: EnrolmentRow,
    /// The person, every number masked.
    pub person: PersonView,
    /// The entry of the roster that the person was enrolled from, if they were.
    pub roster_entry_id: Option<RosterEntryId>,
    /// Completed years of life on the day of enrolment.
    pub age: i16,
    /// What was said of their schooling.
    pub education_level: Option<EducationLevel>,
    /// Whether they read and write, as the school has seen.
    pub is_literate: bool,
    /// The row of the rules that they keep.
    pub rule: EnrolmentRule,
    /// Photos of papers, the oldest first. `POST …/attachments/{attachment_id}/look` shows one.
    pub attachments: Vec<AttachmentView>,
    /// Every step that was taken, the oldest first.
    pub steps: Vec<StepView>,
    /// The steps that the actor may take now.
    pub open_steps: Vec<RecordStep>,
    /// Its changes of school, the newest first; one that waits for its answer is the first.
    pub school_changes: Vec<SchoolChangeView>,
    /// The learner's account, from registration on.
    pub account_id: Option<AccountId>,
    /// Whether the learner has set a password of their own.
    pub is_activated: bool,
    /// Whether the actor can have a code sent to the learner's phone.
    pub may_text: bool,
    /// The last text messages to the person, the newest first; to who may hand out codes alone.
    pub messages: Vec<MessageView>,
    /// Who entered it.
    pub entered_by: Option<AccountId>,
    /// What they are called.
    pub entered_by_name: String,
    /// When.
    pub entered_at: Timestamp,
}

/// A step that was taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StepView {
    /// The step.
    pub step: RecordStep,
    /// Where the record stood before.
    pub from: RecordState,
    /// Where it stood then.
    pub to: RecordState,
    /// Why; empty where no reason is asked for.
    pub reason: String,
    /// Who took it; nobody if the system did.
    pub taken_by: Option<AccountId>,
    /// What they are called.
    pub taken_by_name: String,
    /// When.
    pub taken_at: Timestamp,
}

/// Body of `POST /enrolments/{id}/steps`, with `If-Match` and `Idempotency-Key`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct TakeStep {
    /// The step: one of `open_steps`.
    pub step: RecordStep,
    /// Why; needed where [`RecordStep::needs_reason`] says so.
    #[serde(default)]
    pub reason: String,
}

/// A photo of a paper: reply of `POST /enrolments/{id}/attachments?kind=id_card`, whose body is the photo
/// (JPEG, PNG or WebP, at most 12 MB). It is turned upright, made at most 2,000 pixels long and freed of
/// what the camera wrote into it. `DELETE /enrolments/{id}/attachments/{attachment_id}` takes it away while the
/// record is being filled in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AttachmentView {
    /// The photo.
    pub id: AttachmentId,
    /// What it shows.
    pub kind: AttachmentKind,
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
    /// What it weighs.
    pub bytes: u32,
    /// When it was added.
    pub added_at: Timestamp,
}

/// What the office prints on paper for a learner: reply of `POST /enrolments/{id}/activation_codes`, and for each learner
/// of a class who has not activated their account that of `POST /classes/{id}/activation_codes`.
/// It is shown once; a new one takes the place of those before.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ActivationSlip {
    /// The code, in three groups of four digits.
    pub code: String,
    /// Until when it can be used.
    pub expires_at: Timestamp,
    /// The learner's name.
    pub name: String,
    /// The learner's number, with which they can log in, too.
    pub learner_number: String,
    /// The school.
    pub provider_name: String,
}

/// Body of `POST /activations`, which needs no log-in (204). A wrong code or proof is answered with
/// `activation-refused` (409), too many tries with `too-many` (429).
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ActivateAccount {
    /// The code; full-width digits, spaces and hyphens are accepted.
    pub code: String,
    /// The last four characters of the document's number, or the whole phone; of a code that came by text, the
    /// characters alone.
    pub proof: String,
    /// How the learner wants to log in: by a name, or by the phone that the school recorded of them; without
    /// it, as before, at first by the learner's number. Another's phone is refused as `phone-not-own`, a phone
    /// that opens another account as `phone-taken`, a name that holds a document's number as
    /// `login-name-number`. When the recorded phone changes later, the log-in stays as it is until the learner
    /// activates the account anew.
    pub login_name: Option<String>,
    /// The password.
    pub password: String,
}

/// A record as the learner sees it: `GET /me/enrolments`, the newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OwnEnrolment {
    /// The record.
    pub id: StudentRecordId,
    /// The school.
    pub provider_id: ProviderId,
    /// What it is called.
    pub provider_name: String,
    /// The level studied for.
    pub level: CourseLevel,
    /// Where the record stands.
    pub state: RecordState,
    /// The learner's number.
    pub learner_number: Option<String>,
    /// The day of enrolment.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    pub enrolled_on: Date,
    /// The row of the rules that the learner keeps.
    pub rule: EnrolmentRule,
    /// The steps of the record without names, the oldest first.
    pub steps: Vec<OwnStep>,
    /// Its changes of school, the newest first.
    pub school_changes: Vec<OwnSchoolChange>,
}

/// A step as the learner sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OwnStep {
    /// The step.
    pub step: RecordStep,
    /// Where the record stood then.
    pub to: RecordState,
    /// Why.
    pub reason: String,
    /// When.
    pub taken_at: Timestamp,
}

/// Characters of a log-in name.
const LOGIN_NAME_CHARS: std::ops::RangeInclusive<usize> = 4..=50;

impl ActivateAccount {
    /// The proof as it is compared: half-width, without spaces, `x` as `X`.
    #[must_use]
    pub fn proof(&self) -> String {
        let letters = self.proof.chars().map(to_half_width).filter(|letter| !letter.is_whitespace());
        letters.collect::<String>().to_uppercase()
    }

    /// What the learner wants to log in by, if they say.
    #[must_use]
    pub fn login(&self) -> Option<LoginName> {
        self.login_name.as_deref().map(LoginName::read)
    }

    /// Checks what can be checked without the store; the code apart, whose refusal says more.
    ///
    /// # Errors
    /// Every field that is wrong.
    pub fn check(&self) -> Result<(), Vec<FieldError>> {
        let mut wrong = Vec::new();
        if self.proof.trim().is_empty() {
            wrong.push(FieldError::new("/proof", "required"));
        }
        let login = self.login();
        if let Some(code) = login.as_ref().and_then(wrong_login_name) {
            wrong.push(FieldError::new("/login_name", code));
        }
        let login_name = login.as_ref().map_or("", LoginName::reveal);
        wrong.extend(check_password(&self.password, login_name, "/password").err());
        if wrong.is_empty() { Ok(()) } else { Err(wrong) }
    }
}

/// What is wrong with a name to log in by. A long number could be another's learner number, too. Whose a
/// phone is, the store knows.
fn wrong_login_name(login: &LoginName) -> Option<&'static str> {
    let LoginName::Name(name) = login else { return None };
    let is_plain = name.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, '.' | '_' | '-' | '@'));
    match name.chars().count() {
        0 => Some("required"),
        count if count < *LOGIN_NAME_CHARS.start() => Some("too-short"),
        count if count > *LOGIN_NAME_CHARS.end() => Some("too-long"),
        _ if holds_long_number(name) => Some("login-name-number"),
        _ if !is_plain => Some("login-name-malformed"),
        _ => None,
    }
}
