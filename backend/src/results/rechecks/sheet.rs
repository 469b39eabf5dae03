//! What is looked at: each response as the device handed it in, as it was scored, and as the rule scores it.

use crate::{
    delivery, marking, papers,
    platform::{Services, error::AppResult},
    sittings::SittingFacts,
};
use shared::{
    item_bank::{Response, Scored},
    points::Points,
    results::RecheckedItem,
};

/// The items of a sitting in the order of its paper.
///
/// # Errors
/// If a store fails.
pub(super) async fn sheet(cx: &Services, sitting: &SittingFacts) -> AppResult<Vec<RecheckedItem>> {
    let answers = delivery::answers_of(cx, &[sitting.id]).await?.remove(&sitting.id).unwrap_or_default();
    let scored = marking::sheet_of(cx, sitting.id).await?;
    let sealed = papers::sealed_items(cx, sitting.paper_id).await?;
    let item = |(at, sealed): (usize, &papers::SealedItem)| {
        let handed_in = answers.response(sealed.item_id);
        let on_sheet = scored.iter().find(|one| one.item_id == sealed.item_id);
        let recorded = on_sheet.and_then(|one| one.response.as_ref());
        Ok(RecheckedItem {
            item_id: sealed.item_id,
            number: u16::try_from(at + 1).unwrap_or(u16::MAX),
            max_points: sealed.points,
            points: on_sheet.and_then(|one| one.points).unwrap_or(Points::ZERO),
            is_marked: on_sheet.is_some_and(|one| one.is_marked),
            is_answered: handed_in.is_some_and(|response| !response.is_empty()),
            is_recorded: said(handed_in) == said(recorded),
            by_rule: match sealed.score(handed_in)? {
                Scored::Points(points) => Some(points),
                Scored::NeedsPerson => None,
            },
        })
    };
    sealed.iter().enumerate().map(item).collect()
}

/// A response, if there is anything in it.
fn said(response: Option<&Response>) -> Option<&Response> {
    response.filter(|response| !response.is_empty())
}
