//! What is looked at before a school or a teaching point is closed.

use crate::{
    access::{ClassBook, ClassesOf},
    platform::{
        db::Tx,
        error::{AppError, AppResult},
    },
};
use shared::{ids::ClassId, organisation::judge_closing};

/// Refuses to close what has classes of which its closer was not told; nobody plans one there until the write ends. The
/// audit log learns which go on.
pub(super) async fn check_told(tx: &Tx, classes: &dyn ClassBook, of: ClassesOf, told: &[ClassId]) -> AppResult<()> {
    let unfinished = classes.unfinished(tx, of).await?;
    judge_closing(&unfinished, told).map_err(AppError::refused)?;
    let going_on: Vec<_> = unfinished.iter().map(|class| class.id.to_string()).collect();
    tx.note("unfinished_classes", going_on);
    Ok(())
}
