//! The bank of a course as blueprints see it: what is said of its items, and where they stood.

use super::{entity::paper_use, store};
use crate::{
    access::Actor,
    item_bank,
    platform::{
        Services,
        db::Tx,
        error::{AppError, AppResult},
    },
};
use shared::{
    ids::{AccountId, CourseId, ExamSessionId, PaperId},
    papers::{BankItem, Form, PaperRefusal},
};
use std::collections::{BTreeSet, HashMap, HashSet};

/// Unified exam sessions whose papers the next ones are to differ from.
const SESSIONS: usize = 3;

/// Every item of a course that forms may hold, what is on trial among them, in the order of their ids.
pub(super) async fn bank(cx: &Services, course_id: CourseId) -> AppResult<Vec<BankItem>> {
    let items = item_bank::described(cx, course_id).await?;
    let exposures: HashMap<_, _> = store::count_exposures(cx.db.read(), course_id).await?.into_iter().collect();
    let uses = store::list_uses(cx.db.read(), course_id).await?;
    let last = last_papers(&uses);
    let recent: HashSet<_> = store::list_item_ids_of(cx.db.read(), &last).await?.into_iter().collect();
    let item = |item: item_bank::DescribedItem| {
        // A paper may be practised more than once: each mock test shows its items again.
        let exposure = exposures.get(&item.item_id).copied().unwrap_or_default().max(item.uses);
        BankItem {
            item_id: item.item_id,
            version: item.version,
            cell: item.cell,
            difficulty: item.difficulty,
            enemies: item.enemies,
            exposure: u16::try_from(exposure).unwrap_or(u16::MAX),
            is_recent: recent.contains(&item.item_id),
            is_trial: item.is_trial,
        }
    };
    Ok(items.into_iter().map(item).collect())
}

/// The same without what `account` wrote: nobody sees a form with an item of their own.
pub(super) async fn bank_for(cx: &Services, course_id: CourseId, account: AccountId) -> AppResult<Vec<BankItem>> {
    let own = item_bank::written_by(cx, account, course_id).await?;
    let mut items = bank(cx, course_id).await?;
    items.retain(|item| !own.contains(&item.item_id));
    Ok(items)
}

/// Refuses who wrote an item of these forms.
///
/// # Errors
/// `second-person-needed`.
pub(super) async fn refuse_author(cx: &Services, actor: &Actor, course_id: CourseId, forms: &[Form]) -> AppResult<()> {
    let own = item_bank::written_by(cx, actor.account_id, course_id).await?;
    let has_own = forms.iter().flat_map(Form::all_items).any(|item| own.contains(&item.item.item_id));
    if has_own { Err(AppError::refused(PaperRefusal::OwnItem)) } else { Ok(()) }
}

/// The papers of the last sessions, which come first.
fn last_papers(uses: &[(ExamSessionId, PaperId)]) -> Vec<PaperId> {
    let sessions: BTreeSet<_> = uses.iter().map(|(session, _)| *session).collect();
    let last: Vec<_> = sessions.into_iter().rev().take(SESSIONS).collect();
    uses.iter().filter(|(session, _)| last.contains(session)).map(|(_, paper)| *paper).collect()
}

/// Says within a write that a paper is planned for a unified exam session. Saying it again changes nothing.
///
/// # Errors
/// If the store fails.
pub async fn note_use(tx: &Tx, exam_session_id: ExamSessionId, paper_id: PaperId) -> AppResult<()> {
    store::note_use(tx.conn(), paper_use::Model { exam_session_id, paper_id }).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn papers_of_three_sessions_are_the_last() {
        let planned = |session, paper| (ExamSessionId(Uuid::from_u128(session)), PaperId(Uuid::from_u128(paper)));
        let uses = [planned(4, 1), planned(3, 1), planned(3, 2), planned(2, 3), planned(1, 4)];
        let last: Vec<_> = last_papers(&uses).into_iter().map(|paper| paper.0.as_u128()).collect();
        assert_eq!(last, [1, 1, 2, 3]);
    }
}
