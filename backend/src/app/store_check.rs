//! Whether a store is whole: what was restored is looked through before anybody relies on it.

use super::sealed_columns;
use crate::{
    credit_bank::{self, CertificatesHeld},
    delivery::{self, ReceiptsHeld},
    platform::{Services, db::verify_chain, error::AppResult},
};

/// What was found. Nothing is changed by looking.
#[derive(Debug)]
pub struct StoreCheck {
    /// How many entries of the audit fit each other, up to the end that the store knows; or the first that does not.
    pub audit: Result<u64, i64>,
    /// What became of the receipts.
    pub receipts: ReceiptsHeld,
    /// How many sealed values were opened, some of each column; or why one did not open.
    pub sealed: Result<u64, String>,
    /// What became of the certificates.
    pub certificates: CertificatesHeld,
}

impl StoreCheck {
    /// What was found, a line each, as an operator reads it.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        let audit = match self.audit {
            Ok(entries) => format!("audit: {entries} entries fit"),
            Err(first) => format!("audit: entry {first} does not fit or is missing"),
        };
        let sealed = match &self.sealed {
            Ok(values) => format!("keys: {values} sealed values open"),
            Err(reason) => format!("keys: {reason}"),
        };
        let broken = self.receipts.broken.iter().map(|id| format!("receipts: the answers of sitting {id} are others"));
        let receipts = format!("receipts: {} fit their answers", self.receipts.kept);
        let CertificatesHeld { kept, broken: unsigned, first_broken } = &self.certificates;
        let certificates = format!("certificates: {kept} verify by the key that is here");
        let tampered =
            first_broken.as_ref().map(|first| format!("certificates: {unsigned} do not, the first of them is {first}"));
        [audit, sealed, receipts].into_iter().chain(broken).chain([certificates]).chain(tampered).collect()
    }

    /// Whether all is as it must be.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        let is_kept = self.receipts.broken.is_empty() && self.certificates.broken == 0;
        self.audit.is_ok() && self.sealed.is_ok() && is_kept
    }
}

/// Walks the chain of the audit, holds every receipt against its answers, tries the keys, and verifies every
/// certificate.
///
/// # Errors
/// If the store fails, as one does that another version made.
pub async fn check_store(cx: &Services) -> AppResult<StoreCheck> {
    let audit = verify_chain(cx.db.read()).await?;
    let receipts = delivery::hold_receipts(cx).await?;
    let sealed = open_some(cx).await.map_err(|error| error.to_string());
    let certificates = credit_bank::hold_certificates(cx).await?;
    Ok(StoreCheck { audit, receipts, sealed, certificates })
}

async fn open_some(cx: &Services) -> AppResult<u64> {
    let mut opened = 0;
    for column in sealed_columns() {
        opened += column.open_first(cx).await?;
    }
    Ok(opened)
}
