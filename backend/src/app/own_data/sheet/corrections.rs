//! What one has asked to have corrected.

use super::{Section, of};
use crate::platform::words::moment;
use shared::{
    own_data::OwnData,
    people::CorrectionField,
    person::{EducationLevel, Sex},
};

pub(super) fn corrections(data: &OwnData) -> Section {
    let rows = data.corrections.iter().map(|request| {
        vec![
            of("own_data.field", request.field.as_str()),
            corrected(request.field, &request.former),
            corrected(request.field, &request.stated),
            of("own_data.correction", request.state.as_str()),
            moment(request.asked_at),
            request.answer.clone().unwrap_or_default(),
        ]
    });
    let columns = [("field", 2), ("former", 4), ("stated", 4), ("state", 2), ("at", 3), ("answer", 4)];
    Section::new("corrections", &columns, rows)
}

/// What stood or is to stand in a field, in words.
fn corrected(field: CorrectionField, text: &str) -> String {
    let words = match field {
        CorrectionField::Sex => Sex::parse(text).map(|sex| of("people.sex", sex.as_str())),
        CorrectionField::Education => EducationLevel::parse(text).map(|level| of("roster.education", level.code())),
        _ => None,
    };
    words.unwrap_or_else(|| text.to_owned())
}
