//! What one needs at tests.

use super::{Section, of, own};
use crate::platform::words::moment;
use shared::{
    own_data::OwnData,
    sittings::{AccommodationAnswer, AccommodationView, ExamNeeds},
};

pub(super) fn accommodations(data: &OwnData) -> Section {
    let rows = data.accommodations.iter().map(|accommodation| {
        vec![
            needs(accommodation.needs),
            accommodation.reason.clone(),
            of("sittings.accommodation", accommodation.state.as_str()),
            moment(accommodation.applied_at),
            answers(accommodation),
        ]
    });
    let columns = [("exam_needs", 4), ("exam_needs_reason", 4), ("state", 2), ("at", 3), ("exam_needs_answers", 5)];
    Section::new("accommodations", &columns, rows)
}

fn needs(needs: ExamNeeds) -> String {
    let time = (needs.extra_pct > 0).then(|| format!("{} {}%", own("need_extra_time"), needs.extra_pct));
    let word = |is_needed: bool, key: &str| is_needed.then(|| own(key).to_owned());
    let parts = [
        time,
        word(needs.needs_separate_room, "need_separate_room"),
        word(needs.needs_large_print, "need_large_print"),
        word(needs.needs_accessible, "need_accessible"),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// What the offices said, in order.
fn answers(accommodation: &AccommodationView) -> String {
    let answer = |answer: &AccommodationAnswer| {
        let said = if answer.is_granted { "accommodation_yes" } else { "accommodation_no" };
        let office = of("sittings.accommodation_office", answer.office.as_str());
        format!("{} {office} {} {}", moment(answer.decided_at), own(said), answer.reason)
    };
    accommodation.answers.iter().map(answer).collect::<Vec<_>>().join(" · ")
}
