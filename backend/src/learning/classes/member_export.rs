//! Who is and was in a class, as a file.

use super::{members, permit_class};
use crate::{
    access::{Actor, actions},
    exports::{self, Cell, Filter, List, Part, named, worded},
    platform::{Services, error::AppResult, words::day},
};
use actix_web::HttpResponse;
use shared::{
    ids::ClassId,
    learning::{ClassMemberRow, MemberState},
    page::Page,
    person::mask_numbers,
};

/// Which list it is.
const LIST: &str = "class_members";
/// Its columns.
const COLUMNS: [&str; 5] = ["name", "state", "joined_on", "left_on", "reason"];

actions! {
    /// Take the list of who is and was in a class away as a file.
    ExportMembers(ClassId) = ReadClasses;
}

/// Those who are and were in a class, or who are in one of these states.
///
/// # Errors
/// `not-found` if the actor may not see the class.
pub(super) async fn export(
    cx: &Services,
    actor: &Actor,
    id: ClassId,
    state: Option<MemberState>,
) -> AppResult<HttpResponse> {
    let permit = permit_class::<ExportMembers>(cx, actor, id).await?;
    let class = Part { asked: id.to_string(), shown: super::class(cx, id).await?.name };
    let filter = Filter::default()
        .and("class", Some(class))
        .and("state", worded("classes.member", state.map(MemberState::as_str)));
    let rows: Vec<_> = members::list(cx, id, state).await?.into_iter().map(row).collect();
    exports::take(cx, &permit, List::new(LIST, &COLUMNS, filter), async |_| {
        Ok(Page { items: rows.clone(), next_cursor: None })
    })
    .await
}

fn row(member: ClassMemberRow) -> Vec<Cell> {
    let state = if member.left_at.is_some() { MemberState::Left } else { MemberState::In };
    let why = member.departures.last().filter(|_| state == MemberState::Left);
    let reason = why.map(|departure| mask_numbers(&departure.reason));
    vec![
        member.display_name.into(),
        named("classes.member", Some(state.as_str())),
        day(member.joined_at).into(),
        member.left_at.map(day).into(),
        reason.into(),
    ]
}
