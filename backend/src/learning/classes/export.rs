//! Classes as a file.

use super::list::{self, ClassQuery};
use crate::{
    access::{Actor, actions, authorize_where_held},
    exports::{self, Cell, Filter, List, Part, named, worded},
    organisation,
    platform::{Services, error::AppResult},
};
use actix_web::HttpResponse;
use shared::{
    ids::TeachingPointId,
    learning::{ClassForm, ClassRow, ClassState},
    page::Page,
};

/// Which list it is.
const LIST: &str = "classes";
/// Its columns.
const COLUMNS: [&str; 8] = ["class", "form", "state", "school", "division", "tutor", "learners", "capacity"];

actions! {
    /// Take a list of classes away as a file.
    ExportClasses(&'static str) = ReadClasses;
}

/// The classes of a list, as a file.
///
/// # Errors
/// Those of [`list::list`], and `export-too-long`.
pub(super) async fn export(cx: &Services, actor: &Actor, query: &ClassQuery) -> AppResult<HttpResponse> {
    let permit = authorize_where_held::<ExportClasses>(actor, LIST)?;
    let filter = Filter::default()
        .and("division", exports::division(cx, query.division.as_deref()).await?)
        .and("provider_id", exports::school(cx, query.provider_id).await?)
        .and("teaching_point_id", point(cx, query.teaching_point_id).await?)
        .and("state", worded("classes.state", query.state.map(ClassState::as_str)))
        .and("form", worded("classes.form", query.form.map(ClassForm::as_str)))
        .and_text("name", query.name.as_deref());
    exports::take(cx, &permit, List::new(LIST, &COLUMNS, filter), async |cursor| {
        let page = list::list(cx, actor, query.from(cursor)).await?;
        Ok(Page { items: rows(cx, page.items).await?, next_cursor: page.next_cursor })
    })
    .await
}

/// The teaching point to which the list is narrowed down.
async fn point(cx: &Services, id: Option<TeachingPointId>) -> AppResult<Option<Part>> {
    let Some(id) = id else { return Ok(None) };
    let shown = organisation::teaching_points(cx, &[id]).await?.pop().map(|point| point.name).unwrap_or_default();
    Ok(Some(Part { asked: id.to_string(), shown }))
}

async fn rows(cx: &Services, classes: Vec<ClassRow>) -> AppResult<Vec<Vec<Cell>>> {
    let divisions = organisation::division_names(cx, classes.iter().map(|class| class.division.as_str())).await?;
    let row = |class: ClassRow| {
        vec![
            class.name.into(),
            named("classes.form", Some(class.form.as_str())),
            named("classes.state", Some(class.state.as_str())),
            class.provider_name.into(),
            divisions.get(&class.division).cloned().into(),
            class.tutor_name.into(),
            class.learners.into(),
            u32::from(class.capacity).into(),
        ]
    };
    Ok(classes.into_iter().map(row).collect())
}
