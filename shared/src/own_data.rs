//! Everything that the system knows of whoever asks: `GET /me/data`.

use crate::{
    credit_bank::CertificateView,
    identity::{LoginView, Me, PrivacyView},
    learning::MyCourse,
    results::MyResult,
    time::Timestamp,
};
use serde::{Deserialize, Serialize};

/// One's own data, to keep (PIPL art. 45).
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OwnData {
    /// When it was put together.
    pub at: Timestamp,
    /// The account with its roles.
    pub account: Me,
    /// Where one is logged in.
    pub logins: Vec<LoginView>,
    /// What one has agreed to.
    pub privacy: PrivacyView,
    /// What one has studied.
    pub courses: Vec<MyCourse>,
    /// Results that were released.
    pub results: Vec<MyResult>,
    /// Certificates.
    pub certificates: Vec<CertificateView>,
}
