//! What anybody may ask: is this certificate genuine, and in force?

use super::{
    document,
    entity::certificate,
    issue::STATUS_COUNTER,
    status, store,
    views::{grade_of, state_of},
};
use crate::platform::{
    Services,
    error::{AppError, AppResult},
};
use qrcode::{EcLevel, QrCode, render::svg};
use serde_json::Value;
use shared::credit_bank::{
    CertificateNumber, CertificateState, PublicCertificate, Verdict, Verification, credential_claims, mask_name,
};

/// Width of the QR code, in pixels.
const QR_PIXELS: u32 = 240;

/// The certificate with this number, its signature checked now.
///
/// # Errors
/// `not-found`.
pub(super) async fn certificate(cx: &Services, number: &str) -> AppResult<PublicCertificate> {
    public_view(cx, &find(cx, number).await?).await
}

async fn find(cx: &Services, number: &str) -> AppResult<certificate::Model> {
    let number = CertificateNumber::parse(number).ok_or_else(AppError::not_found)?;
    store::find_by_number(cx.db.read(), number.as_str()).await?.ok_or_else(AppError::not_found)
}

async fn public_view(cx: &Services, row: &certificate::Model) -> AppResult<PublicCertificate> {
    let state = state_of(row)?;
    let superseded_by = match state {
        CertificateState::Superseded => {
            store::find_newest_edition(cx.db.read(), row.sitting_id).await?.map(|newest| newest.number)
        }
        _ => None,
    };
    Ok(PublicCertificate {
        number: row.number.clone(),
        holder_name_masked: mask_name(&row.holder_name),
        course_title: row.course_title.clone(),
        score: row.score,
        grade: grade_of(row)?,
        issued_at: row.issued_at,
        issuer_name: document::issuer_name(),
        state,
        superseded_by,
        signature_is_valid: is_signed_as_stored(cx, row),
    })
}

/// Whether the stored document is genuine and says what the row says.
fn is_signed_as_stored(cx: &Services, row: &certificate::Model) -> bool {
    let Ok(document) = serde_json::from_str::<Value>(&row.document) else { return false };
    let says_the_same = credential_claims(&document).is_some_and(|claims| {
        claims.number == row.number
            && claims.course_title == row.course_title
            && claims.score == row.score.to_string()
            && claims.grade.to_lowercase() == row.grade
    });
    says_the_same && document::is_genuine(cx, &document)
}

/// What a presented document is worth.
///
/// # Errors
/// If the store fails.
pub(super) async fn verify(cx: &Services, presented: &Value) -> AppResult<Verification> {
    let row = match credential_claims(presented) {
        Some(claims) => store::find_by_number(cx.db.read(), &claims.number).await?,
        None => None,
    };
    if !document::is_genuine(cx, presented) {
        let is_known = row.is_some() || document::claims_to_be_ours(cx, presented);
        let verdict = if is_known { Verdict::Tampered } else { Verdict::Unknown };
        return Ok(Verification { verdict, certificate: None });
    }
    let Some(row) = row else { return Ok(Verification { verdict: Verdict::Unknown, certificate: None }) };
    let verdict = match state_of(&row)? {
        CertificateState::Approved => Verdict::Valid,
        CertificateState::Revoked => Verdict::Revoked,
        CertificateState::Superseded => Verdict::Superseded,
        CertificateState::Issued | CertificateState::Submitted | CertificateState::Returned => Verdict::NotYetApproved,
    };
    Ok(Verification { verdict, certificate: Some(public_view(cx, &row).await?) })
}

/// A picture of the address at which a certificate is verified.
///
/// # Errors
/// `not-found`.
pub(super) async fn qr(cx: &Services, number: &str) -> AppResult<String> {
    qr_of(cx, &find(cx, number).await?.number)
}

/// The same for a number that is known.
pub(super) fn qr_of(cx: &Services, number: &str) -> AppResult<String> {
    let address = format!("{}/verify/{number}", cx.config.public_url);
    let code = QrCode::with_error_correction_level(address, EcLevel::M).map_err(AppError::internal)?;
    Ok(code.render::<svg::Color<'_>>().min_dimensions(QR_PIXELS, QR_PIXELS).build())
}

/// A status list that has a place in use; the first is always there.
///
/// # Errors
/// `not-found`.
pub(super) async fn status_list(cx: &Services, list: i64) -> AppResult<Value> {
    let used = store::next_number(cx.db.read(), STATUS_COUNTER).await?;
    let last = status::place(used.saturating_sub(1).max(0)).0;
    if !(1..=last).contains(&list) {
        return Err(AppError::not_found());
    }
    let first = (list - 1) * status::PLACES;
    let revoked = store::list_revoked(cx.db.read(), first..first + status::PLACES).await?;
    let places: Vec<_> = revoked.into_iter().map(|index| status::place(index).1).collect();
    document::signed_status_list(&cx.keys.certificates, &cx.config.public_url, list, &places, cx.clock.now())
}
