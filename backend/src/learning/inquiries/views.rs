//! Questions as the learner, the class and its teachers see them.

use super::state_of;
use crate::{
    access::{Actor, Permit},
    identity,
    learning::{
        catalogue,
        classes::classes_within,
        entity::inquiry,
        store::{self, InquiryFilter},
        study::{OwnUnit, StudyCourses},
    },
    platform::{
        Services,
        error::{AppError, AppResult},
        http::{decode_cursor, page},
    },
};
use serde::Deserialize;
use shared::{
    ids::{AccountId, ClassId, InquiryId, UnitId},
    learning::{InquiryAnswer, InquiryRow, InquiryState, InquiryView, PublicInquiry, UnitInquiries},
    page::{Page, PageQuery},
    rights::Right,
};
use std::collections::HashMap;

/// Which questions of their classes teachers ask for.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
pub(super) struct InquiryQuery {
    /// Of one class.
    class_id: Option<ClassId>,
    /// Where they stand.
    state: Option<InquiryState>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
    /// Rows wanted; at most 200, 50 unless told.
    limit: Option<u16>,
}

/// One page of the questions of the classes that the actor answers, the newest first.
///
/// # Errors
/// `forbidden` if they answer nowhere.
pub(super) async fn list(cx: &Services, actor: &Actor, query: InquiryQuery) -> AppResult<Page<InquiryRow>> {
    let within = classes_within(actor, Right::AnswerInquiry)?;
    let of_page = PageQuery { cursor: query.cursor, limit: query.limit };
    let filter = InquiryFilter {
        within,
        class_id: query.class_id,
        state: query.state,
        after: decode_cursor(&of_page)?,
        rows: of_page.rows() + 1,
    };
    let found = page(store::list_inquiries(cx.db.read(), filter).await?, &of_page, |row| row.id);
    Ok(Page { items: rows(cx, found.items).await?, next_cursor: found.next_cursor })
}

/// One question as its teachers see it. Whether somebody may is for the caller to ask.
pub(super) async fn row(cx: &Services, id: InquiryId) -> AppResult<InquiryRow> {
    let found = store::find_inquiry(cx.db.read(), id).await?.into_iter().collect();
    rows(cx, found).await?.pop().ok_or_else(AppError::not_found)
}

async fn rows(cx: &Services, found: Vec<inquiry::Model>) -> AppResult<Vec<InquiryRow>> {
    let learners: Vec<_> = found.iter().map(|row| row.account_id).collect();
    let classes: Vec<_> = found.iter().map(|row| row.class_id).collect();
    let names = identity::names_of(cx, &learners).await?;
    let class_rows = store::list_classes_by_ids(cx.db.read(), &classes).await?;
    let class_names: HashMap<_, _> = class_rows.into_iter().map(|class| (class.id, class.name)).collect();
    let views = views(cx, found).await?;
    let row = |((inquiry, class_id), asked_by): ((InquiryView, ClassId), AccountId)| InquiryRow {
        class_id,
        class_name: class_names.get(&class_id).cloned().unwrap_or_default(),
        learner_name: names.get(&asked_by).cloned().unwrap_or_default(),
        inquiry,
    };
    Ok(views.into_iter().zip(classes).zip(learners).map(row).collect())
}

/// The questions of a learner, the newest first.
///
/// # Errors
/// If the store fails.
pub async fn inquiries_of(
    cx: &Services,
    account_id: AccountId,
    state: Option<InquiryState>,
) -> AppResult<Vec<InquiryView>> {
    views(cx, store::list_own_inquiries(cx.db.read(), account_id, state).await?).await
}

/// One question as who asked it sees it. Whether somebody may is for the caller to ask.
pub(super) async fn view(cx: &Services, id: InquiryId) -> AppResult<InquiryView> {
    let found = store::find_inquiry(cx.db.read(), id).await?.into_iter().collect();
    views(cx, found).await?.pop().ok_or_else(AppError::not_found)
}

/// What the learner asked at a unit, and what the class in which they study it may see of others.
///
/// # Errors
/// `not-found` if no class of the learner studies the unit.
pub(super) async fn of_unit(cx: &Services, permit: &Permit<StudyCourses>, id: UnitId) -> AppResult<UnitInquiries> {
    let account_id = *permit.target();
    let class_id = OwnUnit::find(cx, account_id, id, None).await?.studied.class.id;
    let mut own = store::list_own_inquiries(cx.db.read(), account_id, None).await?;
    own.retain(|row| row.unit_id == id);
    let public = store::list_public_inquiries(cx.db.read(), (class_id, id), account_id).await?;
    let public = views(cx, public).await?.into_iter().filter_map(|view| {
        let InquiryView { id, text, answer, .. } = view;
        Some(PublicInquiry { id, text, answer: answer? })
    });
    Ok(UnitInquiries { own: views(cx, own).await?, public: public.collect() })
}

async fn views(cx: &Services, rows: Vec<inquiry::Model>) -> AppResult<Vec<InquiryView>> {
    let answerers: Vec<_> = rows.iter().filter_map(|row| row.answered_by).collect();
    let names = identity::names_of(cx, &answerers).await?;
    let courses = catalogue::course_heads(cx, rows.iter().map(|row| row.course_id)).await?;
    let view = |row: inquiry::Model| {
        let state = state_of(&row)?;
        let by_name = row.answered_by.and_then(|by| names.get(&by).cloned()).unwrap_or_default();
        let answer = row.answer.zip(row.answered_at).map(|(text, at)| InquiryAnswer { text, by_name, at });
        Ok(InquiryView {
            id: row.id,
            course_id: row.course_id,
            course_title: courses.get(&row.course_id).map(|course| course.title.clone()).unwrap_or_default(),
            unit_id: row.unit_id,
            unit_title: row.unit_title,
            text: row.text,
            state,
            asked_at: row.asked_at,
            answer,
            is_public: row.is_public,
        })
    };
    rows.into_iter().map(view).collect()
}
