//! What lies beside a paper for its candidates, as long as nobody has proposed to seal it.

use super::{
    service::{case_of, state_of},
    store::{self, PaperHead},
};
use crate::{
    access::{Permit, actions},
    platform::{
        Services,
        error::{AppError, AppResult},
        markdown,
    },
};
use shared::{
    ids::PaperId,
    papers::{PackagedTools, PaperStep, PaperTools, next_paper_state},
};

actions! {
    /// Say what candidates may use beside a paper.
    SetTools(PaperId) = ComposePaper;
}

/// Says what candidates may use beside a paper. Repeating it changes nothing.
///
/// # Errors
/// `not-found` if there is none; the formula sheet, if it is too long or holds what does not travel with it;
/// `wrong-state` unless the paper is open.
pub(super) async fn set(cx: &Services, permit: &Permit<SetTools>, request: &PaperTools) -> AppResult<()> {
    let tools = request.checked().map_err(AppError::Invalid)?;
    let html = markdown::render_item(&tools.formula_sheet);
    if markdown::pictures_in(&html).next().is_some() || markdown::recordings_in(&html).next().is_some() {
        return Err(AppError::field("/formula_sheet", "no-pictures"));
    }
    let (id, person) = (*permit.target(), permit.person()?);
    cx.db
        .write(permit, async |tx| {
            let row = store::lock(tx.conn(), id).await?.ok_or_else(AppError::not_found)?;
            next_paper_state(&case_of(&row), PaperStep::SetTools, person).map_err(AppError::refused)?;
            if tools_of(&row)? == tools {
                return Ok(());
            }
            tx.note("state", state_of(&row).as_str());
            tx.note("calculator", tools.calculator.as_str());
            tx.note("has_formula_sheet", !tools.formula_sheet.is_empty());
            let written = (!tools.is_none()).then(|| serde_json::to_string(&tools)).transpose();
            store::set_tools(tx.conn(), id, written.map_err(AppError::internal)?).await
        })
        .await
}

/// What lies beside a paper.
pub(super) fn tools_of(row: &PaperHead) -> AppResult<PaperTools> {
    let tools = row.tools.as_deref().map(serde_json::from_str).transpose().map_err(AppError::internal)?;
    Ok(tools.unwrap_or_default())
}

/// The same as it travels within the package.
pub(super) fn packaged_tools(row: &PaperHead) -> AppResult<PackagedTools> {
    let PaperTools { calculator, formula_sheet } = tools_of(row)?;
    let formula_sheet_html =
        if formula_sheet.is_empty() { String::new() } else { markdown::render_item(&formula_sheet) };
    Ok(PackagedTools { calculator, formula_sheet_html })
}
