//! Whom to call: the learners of a class with their phones masked; a whole one for a reason that the audit log keeps.

use super::{phones_of, send::RemindLearners};
use crate::{
    access::{Actor, Permit, actions, authorize},
    enrolment,
    learning::{class_study, classes, following::FollowClass, store},
    people,
    platform::{
        Services,
        error::{AppError, AppResult},
    },
};
use shared::{
    ids::{AccountId, ClassId, PersonId},
    learning::{CallRow, LearnerStudy, ReminderRefusal, RevealPhone, RevealedPhone, StudyState, in_state},
    people::mask_phone,
};

actions! {
    /// See the whole phone of a learner of a class, to call them.
    CallLearner(PersonId) = AddressClass;
}

/// The learners of a class in one state, or all; who needs help first comes first.
pub(super) async fn list(
    cx: &Services,
    permit: &Permit<FollowClass>,
    state: Option<StudyState>,
) -> AppResult<Vec<CallRow>> {
    let learners = in_state(class_study::learners(cx, *permit.target()).await?, state);
    let accounts: Vec<_> = learners.iter().map(|learner| learner.account_id).collect();
    let phones = phones_of(cx, &accounts).await?;
    let row = |learner: &LearnerStudy| {
        let course = learner.neediest()?;
        Some(CallRow {
            account_id: learner.account_id,
            display_name: learner.display_name.clone(),
            phone_masked: phones.get(&learner.account_id).map(|(_, phone)| mask_phone(phone.reveal())),
            state: course.state,
            course_title: course.course_title.clone(),
            reason: course.reason.clone(),
            last_reminder: learner.last_reminder.clone(),
        })
    };
    Ok(learners.iter().filter_map(row).collect())
}

/// The whole phone of a learner of a class. Who looked, at whom and what for is audited.
///
/// # Errors
/// `not-found` or `forbidden`; the field `/note`; [`ReminderRefusal::NoPhone`]; `too-many`.
pub(super) async fn reveal(
    cx: &Services,
    actor: &Actor,
    (id, learner): (ClassId, AccountId),
    wanted: &RevealPhone,
) -> AppResult<RevealedPhone> {
    let _: Permit<RemindLearners> = classes::permit_class(cx, actor, id).await?;
    if !store::list_members(cx.db.read(), id).await?.contains(&learner) {
        return Err(AppError::not_found());
    }
    let no_phone = || AppError::refused(ReminderRefusal::NoPhone);
    let record = enrolment::record_of(cx, learner).await?.ok_or_else(no_phone)?;
    let class = classes::class(cx, id).await?;
    let permit: Permit<CallLearner> = authorize(actor, record.person_id, &class.place())?;
    let phone = people::reveal_phone(cx, &permit, &wanted.note).await?;
    Ok(RevealedPhone { phone: phone.ok_or_else(no_phone)? })
}
