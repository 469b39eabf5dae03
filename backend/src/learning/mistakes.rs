//! 错题本: what a learner answered wrong and has not put right since.

use super::{catalogue, classes::studied, exercises::key_text, standing::Facts, study::StudyCourses};
use crate::{
    access::Permit,
    platform::{Services, error::AppResult, markdown, texts::Language},
};
use shared::{
    item_bank::Item,
    learning::{CourseMistakes, Mistake, Module, ModuleMistakes, OpenMistake, Unit},
};

/// The learner's book, the courses by code.
pub(super) async fn list(
    cx: &Services,
    permit: &Permit<StudyCourses>,
    language: Language,
) -> AppResult<Vec<CourseMistakes>> {
    let account_id = *permit.target();
    let studied = studied(cx, account_id).await?;
    let ids: Vec<_> = studied.iter().map(|studied| studied.course_id).collect();
    let facts = Facts::of(cx, account_id, &ids).await?;
    let mut found = Vec::new();
    for studied in &studied {
        let content = studied.content(cx).await?;
        let modules: Vec<_> = content.modules.iter().filter_map(|module| of_module(module, &facts, language)).collect();
        if !modules.is_empty() {
            let course = catalogue::course(cx, studied.course_id).await?;
            let (course_id, course_title) = (course.id, course.title);
            found.push((course.code, CourseMistakes { course_id, course_title, modules }));
        }
    }
    found.sort_by(|(one, _), (other, _)| one.cmp(other));
    Ok(found.into_iter().map(|(_, course)| course).collect())
}

/// The book of a module; `None` if nothing is in it.
fn of_module(module: &Module, facts: &Facts, language: Language) -> Option<ModuleMistakes> {
    let of_unit = |unit: &Unit| {
        let exercises = unit.exercises.iter().enumerate();
        let open = exercises.filter_map(|(index, item)| Some((index, item, facts.mistake(unit, index)?)));
        open.map(|(index, item, open)| mistake(unit, (index, item), open, language)).collect::<Vec<_>>()
    };
    let mistakes: Vec<_> = module.units.iter().flat_map(of_unit).collect();
    (!mistakes.is_empty()).then(|| ModuleMistakes { title: module.title.clone(), mistakes })
}

fn mistake(unit: &Unit, (index, item): (usize, &Item), open: OpenMistake, language: Language) -> Mistake {
    let OpenMistake { wrong_tries, right_since, last_wrong_at } = open;
    Mistake {
        unit_id: unit.id,
        unit_title: unit.title.clone(),
        index: u16::try_from(index).unwrap_or(u16::MAX),
        item: item.for_learner(markdown::render_lesson, markdown::render),
        wrong_tries,
        right_since,
        last_wrong_at,
        key_text: key_text(item, language),
        explanation_html: markdown::render_lesson(&item.explanation),
    }
}
