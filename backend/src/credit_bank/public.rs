//! What anybody may ask: is this certificate genuine, and in force?

use super::{
    document,
    entity::certificate,
    status, store,
    views::{grade_of, state_of},
};
use crate::platform::{
    Services,
    error::{AppError, AppResult},
};
use qrcode::{EcLevel, QrCode, render::svg};
use serde_json::Value;
use shared::{
    credit_bank::{
        CertificateNumber, CertificateState, CredentialClaims, PublicCertificate, RegisteredFacts, Verdict,
        Verification, credential_claims, lead_to, mask_name,
    },
    points::Points,
};

/// Width of the QR code, in pixels.
const QR_PIXELS: u32 = 240;

/// The certificate with this number, its signature checked now.
///
/// # Errors
/// `not-found`.
pub(super) async fn certificate(cx: &Services, number: &str) -> AppResult<PublicCertificate> {
    public_view(cx, find(cx, number).await?).await
}

async fn find(cx: &Services, number: &str) -> AppResult<certificate::Model> {
    let number = CertificateNumber::parse(number).ok_or_else(AppError::not_found)?;
    store::find_by_number(cx.db.read(), number.as_str()).await?.ok_or_else(AppError::not_found)
}

async fn public_view(cx: &Services, row: certificate::Model) -> AppResult<PublicCertificate> {
    let (row, is_as_noted) = beside_its_steps(cx, row).await?;
    let state = state_of(&row)?;
    let superseded_by = match state {
        CertificateState::Superseded => {
            store::find_newest_edition(cx.db.read(), row.sitting_id).await?.map(|newest| newest.number)
        }
        _ => None,
    };
    let document = serde_json::from_str(&row.document).unwrap_or(Value::Null);
    let claims = credential_claims(&document);
    let is_as_signed =
        document::is_genuine(cx, &document) && claims.as_ref().is_some_and(|claims| is_registered(claims, &row));
    let level = CertificateNumber::parse(&row.number).and_then(|number| number.parts().course_level());
    Ok(PublicCertificate {
        number: row.number.clone(),
        holder_name_masked: mask_name(&row.holder_name),
        course_title: row.course_title.clone(),
        level,
        exam_session_title: row.exam_session_title.clone(),
        score: row.score,
        max_score: claims.as_ref().and_then(|claims| Points::parse(&claims.max_score)),
        grade: grade_of(&row)?,
        description: claims.map(|claims| claims.description),
        issued_at: row.issued_at,
        issuer_name: document::issuer_name(),
        issuer_key: document::key_id(cx),
        state,
        superseded_by,
        signature_is_valid: is_as_signed && is_as_noted,
    })
}

/// The certificate, and whether the steps that were noted of it lead to its state, which nobody signed. A step that is
/// taken between the two looks is no difference: the certificate is looked at again.
async fn beside_its_steps(cx: &Services, mut row: certificate::Model) -> AppResult<(certificate::Model, bool)> {
    loop {
        let noted = store::list_noted_states(cx.db.read(), row.id).await?;
        let noted: Option<Vec<_>> = noted.iter().map(|state| CertificateState::parse(state)).collect();
        let state = state_of(&row)?;
        if noted.is_some_and(|noted| lead_to(&noted, state)) {
            return Ok((row, true));
        }
        let again = store::find(cx.db.read(), row.id).await?.ok_or_else(AppError::not_found)?;
        if again.version == row.version {
            return Ok((row, false));
        }
        row = again;
    }
}

/// Whether what was signed is what the row says, wherever anybody may see it.
fn is_registered(claims: &CredentialClaims, row: &certificate::Model) -> bool {
    let (status_list, status_index) = status::place(row.status_index);
    grade_of(row).is_ok_and(|grade| {
        claims.agree_with(&RegisteredFacts {
            certificate_id: row.id,
            number: &row.number,
            division: &row.division,
            holder_name: &row.holder_name,
            course_id: row.course_id,
            course_title: &row.course_title,
            exam_session_title: &row.exam_session_title,
            score: row.score,
            grade,
            issued_at: row.issued_at,
            status_list,
            status_index,
        })
    })
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
    let certificate = public_view(cx, row).await?;
    let verdict = match certificate.state {
        // The document is genuine, and the register says something else.
        _ if !certificate.signature_is_valid => Verdict::Tampered,
        CertificateState::Approved => Verdict::Valid,
        CertificateState::Revoked => Verdict::Revoked,
        CertificateState::Superseded => Verdict::Superseded,
        CertificateState::Issued | CertificateState::Submitted | CertificateState::Returned => Verdict::NotYetApproved,
    };
    Ok(Verification { verdict, certificate: Some(certificate) })
}

/// A picture of the address at which a certificate is verified.
///
/// # Errors
/// `not-found`.
pub(super) async fn qr(cx: &Services, number: &str) -> AppResult<String> {
    qr_of(&certificate_address(cx, &find(cx, number).await?.number))
}

/// A picture of an address, or of another text.
///
/// # Errors
/// If it is too long for one.
pub fn qr_of(address: &str) -> AppResult<String> {
    let code = QrCode::with_error_correction_level(address, EcLevel::M).map_err(AppError::internal)?;
    Ok(code.render::<svg::Color<'_>>().min_dimensions(QR_PIXELS, QR_PIXELS).build())
}

/// The address at which whatever has a number is verified.
pub(super) fn address_of(cx: &Services, number: &str) -> String {
    format!("{}/verify/{number}", cx.config.public_url)
}

/// The same for a certificate. Behind it stands the issuer's key, which no server is sent: who has no
/// network, but has the signed document, checks it by the key that the paper names.
pub(super) fn certificate_address(cx: &Services, number: &str) -> String {
    format!("{}#{}", address_of(cx, number), document::key_id(cx))
}
