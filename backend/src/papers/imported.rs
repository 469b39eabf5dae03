//! Papers out of tests that came with items of a package: open ones, which whoever composes papers looks through, and
//! proposes or discards. Who wrote the items sees them as little as any other paper.

use super::service::{ComposePaper, insert};
use crate::{
    access::{JobName, Permit},
    item_bank::ImportedTest,
    platform::{
        Services,
        error::{AppError, AppResult},
        jobs::{Run, Step, Work},
    },
};
use shared::{
    ids::PaperId,
    item_bank::DraftSection,
    papers::{NewPaper, PaperItem, PaperSection, validate_new_paper},
};

/// Composes a paper of a test whose items were stored.
pub struct ComposeImported;

impl Work for ComposeImported {
    type Input = ImportedTest;
    const KIND: &'static str = "compose_imported_test";

    async fn run(cx: Services, run: Run, test: ImportedTest) -> AppResult<Step> {
        let (done, _): (u32, Option<PaperId>) = run.saved()?;
        if done > 0 {
            return Ok(Step::Done);
        }
        let new = new_paper(&test);
        let wrong = validate_new_paper(&new);
        if !wrong.is_empty() {
            return Err(AppError::Invalid(wrong));
        }
        let id: PaperId = cx.ids.new_id();
        let permit = Permit::<ComposePaper>::for_job(JobName::ComposeImported, id);
        cx.db
            .write(&permit, async |tx| {
                insert(tx, (id, test.imported_by), &new).await?;
                tx.note("imported_by", test.imported_by.to_string());
                run.save(tx, 1, 1, &Some(id)).await
            })
            .await?;
        Ok(Step::Done)
    }
}

fn new_paper(test: &ImportedTest) -> NewPaper {
    let section = |section: &DraftSection| PaperSection {
        title: section.title.clone(),
        instructions: section.instructions.clone(),
        blocks: section.blocks.clone(),
        is_shuffled: section.is_shuffled,
        minutes: None,
    };
    NewPaper {
        course_id: test.course_id,
        title: test.title.clone(),
        items: test
            .items
            .iter()
            .map(|(item_id, points)| PaperItem { item_id: *item_id, points: *points, is_trial: false })
            .collect(),
        sections: test.sections.iter().map(section).collect(),
    }
}
