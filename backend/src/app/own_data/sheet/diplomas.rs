//! The diplomas of whoever asks.

use super::{Section, of};
use shared::{credit_bank::DiplomaState, own_data::OwnData, time::write_date};

pub(super) fn diplomas(data: &OwnData) -> Section {
    let rows = data.diplomas.iter().map(|diploma| {
        let state = if diploma.is_revoked { DiplomaState::Revoked } else { DiplomaState::Valid };
        vec![
            diploma.number.clone(),
            of("learning.author", diploma.level.as_str()),
            diploma.issuer.clone(),
            write_date(diploma.issued_on),
            of("graduation.diploma", state.as_str()),
            diploma.extracts.to_string(),
        ]
    });
    let columns = [("number", 4), ("level", 2), ("issuing_office", 4), ("issued_on", 3), ("state", 2), ("extracts", 2)];
    Section::new("diplomas", &columns, rows)
}
