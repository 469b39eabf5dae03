//! A learner comes to their account: by a code that the office prints or sends, and by what they carry with them.

use super::{
    entity::{activation_code, student_record},
    place::permit,
    rows::{place_of, state_of},
    store,
};
use crate::{
    access::{Actor, ClassRoll, JobName, Permit, actions, authorize},
    identity::{self, Hashing},
    messages::{self, NewMessage},
    organisation, people,
    platform::{
        Services,
        crypto::{BlindIndex, Column},
        db::Tx,
        error::{AppError, AppResult},
        http::{IdempotencyKey, once},
        words::moment,
    },
};
use rand_chacha::{ChaCha20Rng, rand_core::SeedableRng};
use shared::{
    enrolment::{
        ActivateAccount, ActivationCode, ActivationRefusal, ActivationRules, ActivationSlip, IssuedCode, RecordState,
        judge_activation,
    },
    identity::{LoginName, check_password, holds_own_name},
    ids::{AccountId, ActivationCodeId, ClassId, PersonId, StudentRecordId},
    messages::{MessageKind, MessageRefusal, MessageView},
    rights::Right,
};

/// Where codes are found by.
const CODE: Column = Column { table: "activation_code", name: "code" };
/// How long a code on paper lives.
const RULES: ActivationRules = ActivationRules::ON_PAPER;
/// Tries from one network in a window: a room of learners may share one.
const TRIES: u64 = 60;
/// Length of the window, in seconds.
const WINDOW_S: u32 = 900;

actions! {
    /// Hand out a code for a learner's account.
    IssueCode(StudentRecordId) = KeepEnrolments;
    /// Hand out codes for the accounts of a class.
    IssueClassCodes(ClassId) = KeepEnrolments;
    /// Make an account one's own.
    Activate(StudentRecordId) = ManageOwnLogins;
}

/// Issues a code; those before it end. It is told this once: no reply with a code is kept, so a repeat
/// makes another.
///
/// # Errors
/// `not-found`, `forbidden`, or [`ActivationRefusal::NotRegistered`].
pub async fn issue(cx: &Services, actor: &Actor, id: StudentRecordId) -> AppResult<ActivationSlip> {
    let (permit, row) = permit::<IssueCode>(cx, actor, id).await?;
    let learner_number = number_of(&row)?;
    let drawn = Drawn::new(cx, permit.person()?, false);
    let issued_at = cx
        .db
        .write(&permit, async |tx| {
            drawn.put(tx, &row).await?;
            tx.note("issued", drawn.id.to_string());
            Ok(tx.now())
        })
        .await?;
    let provider_name = organisation::provider(cx, row.provider_id).await?.name;
    let expires_at = issued_at.plus_s(RULES.valid_s);
    Ok(ActivationSlip { code: drawn.code.grouped(), expires_at, name: row.name, learner_number, provider_name })
}

/// Issues a code for each learner of a class who has not activated their account, by name; those before them end. As of
/// [`issue`], a repeat makes others. Learners whose record another school keeps are its to care for.
///
/// # Errors
/// `forbidden` for who keeps no records of the class.
pub(super) async fn issue_for_class(cx: &Services, actor: &Actor, class: &ClassRoll) -> AppResult<Vec<ActivationSlip>> {
    let permit: Permit<IssueClassCodes> = authorize(actor, class.id, &class.place)?;
    let person = permit.person()?;
    let rows = not_activated(cx, actor, &class.accounts).await?;
    let drawn: Vec<_> = rows.iter().map(|_| Drawn::new(cx, person, false)).collect();
    let issued_at = cx
        .db
        .write(&permit, async |tx| {
            for (drawn, row) in drawn.iter().zip(&rows) {
                drawn.put(tx, row).await?;
            }
            tx.note("issued", drawn.iter().map(|drawn| drawn.id.to_string()).collect::<Vec<_>>());
            Ok(tx.now())
        })
        .await?;
    let schools = organisation::provider_names(cx, rows.iter().map(|row| row.provider_id)).await?;
    let expires_at = issued_at.plus_s(RULES.valid_s);
    let slip = |(drawn, row): (&Drawn, student_record::Model)| {
        let learner_number = number_of(&row)?;
        let provider_name = schools.get(&row.provider_id).cloned().unwrap_or_default();
        Ok(ActivationSlip { code: drawn.code.grouped(), expires_at, name: row.name, learner_number, provider_name })
    };
    let mut slips: Vec<ActivationSlip> = drawn.iter().zip(rows).map(slip).collect::<AppResult<_>>()?;
    slips.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(slips)
}

/// The records that the actor keeps, of those of these learners who have not activated their account; in the order of
/// their ids, in which they are held.
async fn not_activated(cx: &Services, actor: &Actor, accounts: &[AccountId]) -> AppResult<Vec<student_record::Model>> {
    let mut rows = store::list_of_accounts(cx.db.read(), accounts).await?;
    let persons: Vec<PersonId> = rows.iter().map(|row| row.person_id).collect();
    let activated = store::list_activated(cx.db.read(), &persons).await?;
    let is_kept = |row: &student_record::Model| actor.has_any(&[Right::KeepEnrolments], &place_of(row));
    rows.retain(|row| row.is_running && !activated.contains(&row.person_id) && is_kept(row) && number_of(row).is_ok());
    rows.sort_by_key(|row| row.id);
    Ok(rows)
}

/// Issues a code and sends it to the learner's phone; those before it end. Nobody here is told it.
///
/// # Errors
/// `not-found`, `forbidden`, [`ActivationRefusal::NotRegistered`], or [`MessageRefusal`].
pub(super) async fn send(
    cx: &Services,
    actor: &Actor,
    key: &IdempotencyKey,
    id: StudentRecordId,
) -> AppResult<MessageView> {
    let (permit, row) = permit::<IssueCode>(cx, actor, id).await?;
    number_of(&row)?;
    if !messages::is_offered(cx) {
        return Err(AppError::refused(MessageRefusal::NotOffered));
    }
    let phone = people::phones(cx, &[row.person_id]).await?.remove(&row.person_id);
    let phone = phone.ok_or_else(|| AppError::refused(MessageRefusal::NoPhone))?;
    let asked_by = permit.person()?;
    let drawn = Drawn::new(cx, asked_by, true);
    let message_id = cx
        .db
        .write(&permit, async |tx| {
            once(tx, asked_by, key, &("activation_text", id), async || {
                drawn.put(tx, &row).await?;
                tx.note("issued", drawn.id.to_string());
                let expires_at = tx.now().plus_s(RULES.valid_s);
                let parameters = vec![
                    ("code", drawn.code.grouped()),
                    ("until", moment(expires_at)),
                    ("address", format!("{}/activate", cx.config.public_url)),
                ];
                let (person_id, kind, phone) = (row.person_id, MessageKind::ActivationCode, phone.clone());
                messages::queue(cx, tx, &NewMessage { person_id, phone, kind, parameters, expires_at, asked_by }).await
            })
            .await
        })
        .await?;
    messages::view(cx, message_id).await
}

/// Whether the actor can have a code sent to the learner of a record.
pub(super) fn may_send(cx: &Services, row: &student_record::Model, has_phone: bool) -> bool {
    messages::is_offered(cx) && has_phone && number_of(row).is_ok()
}

/// A code that was drawn and is in force nowhere yet.
struct Drawn {
    id: ActivationCodeId,
    code: ActivationCode,
    index: BlindIndex,
    issued_by: AccountId,
    is_texted: bool,
}

impl Drawn {
    fn new(cx: &Services, issued_by: AccountId, is_texted: bool) -> Self {
        let code = ActivationCode::draw(&mut ChaCha20Rng::from_seed(cx.ids.secret()));
        let index = cx.keys.fields.blind_index(CODE, code.reveal());
        Self { id: cx.ids.new_id(), code, index, issued_by, is_texted }
    }

    /// Puts the code in the place of those before it; one that is still to be sent is not.
    async fn put(&self, tx: &Tx, row: &student_record::Model) -> AppResult<()> {
        number_of(&store::lock_record(tx.conn(), row.id).await?)?;
        store::spend_codes(tx.conn(), &records_of(tx, row.person_id).await?, tx.now()).await?;
        messages::take_back(tx, row.person_id, MessageKind::ActivationCode).await?;
        let issued = activation_code::Model {
            id: self.id,
            record_id: row.id,
            code_index: self.index.clone(),
            issued_by: self.issued_by,
            issued_at: tx.now(),
            failed_tries: 0,
            spent_at: None,
            is_used: false,
            is_texted: self.is_texted,
        };
        store::insert_code(tx.conn(), issued).await
    }
}

/// The number of a learner who has an account and has not left.
fn number_of(row: &student_record::Model) -> AppResult<String> {
    let has_left = matches!(state_of(row)?, RecordState::Withdrawn | RecordState::Transferred);
    let number = row.learner_number.clone().filter(|_| row.account_id.is_some() && !has_left);
    number.ok_or_else(|| AppError::refused(ActivationRefusal::NotRegistered))
}

async fn records_of(tx: &Tx, person: PersonId) -> AppResult<Vec<StudentRecordId>> {
    Ok(store::list_of_person(tx.conn(), person).await?.into_iter().map(|row| row.id).collect())
}

/// Makes an account its owner's, who gives a code and shows that they are the person. A code is good
/// once, and bears few wrong proofs. Who holds a phone that a code was sent to has shown nothing by its number. Whether a phone is theirs is told to nobody without a proof.
///
/// # Errors
/// The fields that are wrong, [`ActivationRefusal`], or `too-many` from this network.
pub async fn activate(cx: &Services, hashing: &Hashing, network: &str, request: ActivateAccount) -> AppResult<()> {
    request.check().map_err(AppError::Invalid)?;
    let code = ActivationCode::parse(&request.code).map_err(AppError::refused)?;
    if cx.coordination.count(&format!("activation:{network}"), WINDOW_S).await > TRIES {
        return Err(AppError::TooMany { retry_after_s: u64::from(WINDOW_S) });
    }
    let wrong = || AppError::refused(ActivationRefusal::Wrong);
    let index = cx.keys.fields.blind_index(CODE, code.reveal());
    let issued = store::find_code(cx.db.read(), &index).await?.ok_or_else(wrong)?;
    let row = store::find_record(cx.db.read(), issued.record_id).await?.ok_or_else(wrong)?;
    let account_id = row.account_id.ok_or_else(wrong)?;
    let learner_number = row.learner_number.as_deref().unwrap_or_default();
    check_password(&request.password, learner_number, "/password").map_err(|error| AppError::Invalid(vec![error]))?;
    let is_proven = match issued.is_texted {
        true => people::has_document_tail(cx, row.person_id, &request.proof()).await?,
        false => people::is_proven_by(cx, row.person_id, &request.proof()).await?,
    };
    let holds_own = holds_own(cx, &row, &request.password).await?;
    let login = request.login();
    let is_own = is_own(cx, row.person_id, login.as_ref()).await?;
    // Whether the proof is right or not, so that the time tells nothing.
    let hash = hashing.hash(request.password, cx.ids.secret()).await?;
    let permit = Permit::<Activate>::for_job(JobName::ActivateAccount, row.id);
    let is_activated = cx
        .db
        .write(&permit, async |tx| {
            let code = store::lock_code(tx.conn(), issued.id).await?.ok_or_else(wrong)?;
            judge_activation(&facts(&code)?, &RULES, tx.now()).map_err(AppError::refused)?;
            if !is_proven {
                store::count_failed_try(tx.conn(), code.id).await?;
                tx.note("proof", "wrong");
                return Ok(false);
            }
            if !is_own {
                return Err(AppError::field("/login_name", "phone-not-own"));
            }
            if holds_own {
                return Err(AppError::field("/password", "password-own"));
            }
            store::use_code(tx.conn(), code.id, tx.now()).await?;
            tx.note("account", account_id.to_string());
            identity::set_credentials(cx, tx, account_id, login.as_ref(), &hash).await?;
            Ok(true)
        })
        .await?;
    if is_activated { Ok(()) } else { Err(wrong()) }
}

/// Whether a person may log in by this: by any name, and by their own phone alone.
async fn is_own(cx: &Services, person: PersonId, login: Option<&LoginName>) -> AppResult<bool> {
    match login {
        Some(LoginName::Phone(phone)) => people::has_phone(cx, person, phone).await,
        Some(LoginName::Name(_)) | None => Ok(true),
    }
}

/// Whether a password holds the learner's name or a part of their numbers. It is told to who has shown to be them by
/// a code that is good, and to nobody else: it would tell whether a proof is right.
async fn holds_own(cx: &Services, row: &student_record::Model, password: &str) -> AppResult<bool> {
    Ok(holds_own_name(password, &row.name) || people::holds_number_of(cx, row.person_id, password).await?)
}

fn facts(code: &activation_code::Model) -> AppResult<IssuedCode> {
    let failed_tries = u8::try_from(code.failed_tries).map_err(AppError::internal)?;
    Ok(IssuedCode { issued_at: code.issued_at, is_spent: code.spent_at.is_some(), failed_tries })
}
