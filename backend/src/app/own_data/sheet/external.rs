//! What tools of others reported of one, and as whom they know one.

use super::{Section, moment};
use shared::own_data::OwnData;

pub(super) fn scores(data: &OwnData) -> Section {
    let rows = data.external_subjects.iter().flat_map(|own| {
        let who = format!("{} {}", own.tool_title, own.subject);
        own.scores.iter().map(move |score| {
            let points = score.given.zip(score.most).map(|(given, most)| format!("{given} / {most}"));
            vec![who.clone(), score.course_title.clone(), points.unwrap_or_default(), moment(score.received_at)]
        })
    });
    let columns = [("external_subject", 5), ("course", 3), ("quiz_points", 2), ("at", 3)];
    Section::new("external_scores", &columns, rows)
}
