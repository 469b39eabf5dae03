//! Merges as a file; numbers are masked.

use super::views::{self, MergeQuery};
use crate::{
    access::{Action, Actor, Permit, actions, authorize_where_held},
    exports::{self, Cell, Filter, List, named, worded},
    platform::{Services, error::AppResult, words::day},
};
use actix_web::HttpResponse;
use shared::{
    organisation::DivisionCode,
    page::Page,
    people::{MergeSide, MergeState, MergeView},
    person::mask_numbers,
};

/// Which list it is.
const LIST: &str = "person_merges";
/// Its columns.
const COLUMNS: [&str; 10] = [
    "survivor",
    "survivor_document",
    "merged",
    "merged_document",
    "ground",
    "reason",
    "state",
    "proposed_by",
    "proposed_on",
    "approved_by",
];

actions! {
    /// Take a list of merges away as a file that one may approve.
    ExportMerges(&'static str) = ApproveMerge;
    /// The same of merges that one may propose.
    ExportProposedMerges(&'static str) = ProposeMerge;
}

/// The merges of a list, as a file.
///
/// # Errors
/// Those of [`views::list`], and `export-too-long`.
pub(super) async fn export(cx: &Services, actor: &Actor, query: &MergeQuery) -> AppResult<HttpResponse> {
    match authorize_where_held::<ExportMerges>(actor, LIST) {
        Ok(permit) => take(cx, actor, query, &permit).await,
        Err(_) => take(cx, actor, query, &authorize_where_held::<ExportProposedMerges>(actor, LIST)?).await,
    }
}

async fn take<A: Action>(
    cx: &Services,
    actor: &Actor,
    query: &MergeQuery,
    permit: &Permit<A>,
) -> AppResult<HttpResponse> {
    let filter = Filter::default()
        .and("division", exports::division(cx, query.division.as_ref().map(DivisionCode::as_str)).await?)
        .and("provider_id", exports::school(cx, query.provider_id).await?)
        .and("state", worded("merges.state", query.state.map(MergeState::as_str)));
    exports::take(cx, permit, List::new(LIST, &COLUMNS, filter), async |cursor| {
        let page = views::list(cx, actor, query.from(cursor)).await?;
        Ok(Page { items: page.items.into_iter().map(row).collect(), next_cursor: page.next_cursor })
    })
    .await
}

fn row(merge: MergeView) -> Vec<Cell> {
    let [survivor_document, merged_document] = [&merge.survivor, &merge.merged].map(document);
    let approved_by: Vec<_> = merge.approvals.iter().map(|hand| hand.name.as_str()).collect();
    let approved_by = approved_by.join(" ");
    vec![
        merge.survivor.name.into(),
        survivor_document,
        merge.merged.name.into(),
        merged_document,
        named("merges.ground", Some(merge.ground.as_str())),
        mask_numbers(&merge.reason).into(),
        named("merges.state", Some(merge.state.as_str())),
        merge.proposed.name.into(),
        day(merge.proposed.at).into(),
        approved_by.into(),
    ]
}

fn document(side: &MergeSide) -> Cell {
    side.document.as_ref().map(|document| document.number_masked.clone()).into()
}
