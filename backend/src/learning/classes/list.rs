//! The classes that somebody may see.

use super::{form, state};
use crate::{
    access::{Actor, Scope, lies_in},
    identity,
    learning::{
        entity::class::{self, Column},
        store::{self, ClassFilter},
    },
    organisation,
    platform::{
        Services,
        error::{AppError, AppResult},
        http::{decode_cursor, page},
    },
};
use sea_orm::{ColumnTrait, Condition};
use serde::Deserialize;
use shared::{
    ids::{ProviderId, TeachingPointId},
    learning::{ClassForm, ClassRow, ClassState},
    organisation::DivisionCode,
    page::{MAX_PAGE_ROWS, Page, PageQuery},
    rights::Right,
};
use std::collections::HashMap;

/// Which classes are listed.
#[derive(Clone, Debug, Deserialize, utoipa::IntoParams)]
pub(super) struct ClassQuery {
    /// The division that they lie in, at any level.
    pub(super) division: Option<String>,
    /// Whose they are.
    pub(super) provider_id: Option<ProviderId>,
    /// Where they meet.
    pub(super) teaching_point_id: Option<TeachingPointId>,
    /// Where they stand.
    pub(super) state: Option<ClassState>,
    /// Who they are for.
    pub(super) form: Option<ClassForm>,
    /// Part of their name.
    pub(super) name: Option<String>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
    /// Rows wanted; at most 200, 50 unless told.
    limit: Option<u16>,
}

impl ClassQuery {
    /// The same classes, from a cursor on, as many as one page has.
    pub(super) fn from(&self, cursor: Option<String>) -> Self {
        Self { cursor, limit: Some(MAX_PAGE_ROWS), ..self.clone() }
    }
}

/// One page of the classes that the actor may see, the newest first.
pub(super) async fn list(cx: &Services, actor: &Actor, query: ClassQuery) -> AppResult<Page<ClassRow>> {
    let within = readable(actor, &query)?;
    let of_page = PageQuery { cursor: query.cursor, limit: query.limit };
    let filter = ClassFilter {
        within,
        state: query.state,
        form: query.form,
        name: query.name.as_deref().map(str::trim).filter(|name| !name.is_empty()),
        after: decode_cursor(&of_page)?,
        rows: of_page.rows() + 1,
    };
    let found = page(store::list_classes(cx.db.read(), filter).await?, &of_page, |row| row.id);
    Ok(Page { items: rows(cx, found.items).await?, next_cursor: found.next_cursor })
}

/// What the actor may see of what is asked for.
fn readable(actor: &Actor, query: &ClassQuery) -> AppResult<Condition> {
    let scope = Scope::of(actor, Right::ReadClasses)?;
    let held = scope.within(Column::Division, Some(Column::ProviderId)).add(Column::Id.is_in(scope.classes()));
    let mut within = Condition::all().add(held);
    if let Some(division) = &query.division {
        let code = DivisionCode::parse(division).ok_or_else(|| AppError::field("/division", "division-malformed"))?;
        within = within.add(lies_in(Column::Division, code));
    }
    Ok(within
        .add_option(query.provider_id.map(|id| Column::ProviderId.eq(id)))
        .add_option(query.teaching_point_id.map(|id| Column::TeachingPointId.eq(id))))
}

/// Classes as lists show them, in the same order.
pub(super) async fn rows(cx: &Services, classes: Vec<class::Model>) -> AppResult<Vec<ClassRow>> {
    let ids: Vec<_> = classes.iter().map(|class| class.id).collect();
    let learners: HashMap<_, _> = store::count_members(cx.db.read(), &ids).await?.into_iter().collect();
    let providers = organisation::provider_names(cx, classes.iter().map(|class| class.provider_id)).await?;
    let tutors: Vec<_> = classes.iter().filter_map(|class| class.tutor_id).collect();
    let tutors = identity::names_of(cx, &tutors).await?;
    let row = |class: class::Model| {
        Ok(ClassRow {
            id: class.id,
            form: form(&class)?,
            state: state(&class)?,
            name: class.name,
            provider_id: class.provider_id,
            provider_name: providers.get(&class.provider_id).cloned().unwrap_or_default(),
            division: class.division,
            tutor_id: class.tutor_id,
            tutor_name: class.tutor_id.and_then(|tutor| tutors.get(&tutor).cloned()),
            learners: u32::try_from(learners.get(&class.id).copied().unwrap_or(0)).map_err(AppError::internal)?,
            capacity: u16::try_from(class.capacity).map_err(AppError::internal)?,
        })
    };
    classes.into_iter().map(row).collect()
}
