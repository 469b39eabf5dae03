//! Who does not agree to photos of their documents: the photos that there are, are deleted.

use super::store;
use crate::{
    access::{JobName, Permit, actions},
    identity,
    platform::{
        Services,
        error::AppResult,
        jobs::{Run, Step, Work},
    },
};
use serde::{Deserialize, Serialize};
use shared::{identity::ConsentPurpose, ids::AccountId};

actions! {
    /// Delete the photos of somebody's documents.
    ForgetPhotos(AccountId) = KeepEnrolments;
}

/// Deletes the photos of documents of who said no to them.
pub struct ForgetDocumentPhotos;

/// What [`ForgetDocumentPhotos`] is about: the payload of [`identity::CONSENT_DECLINED`].
#[derive(Serialize, Deserialize)]
pub struct DeclinedConsent {
    account_id: AccountId,
    purpose: ConsentPurpose,
}

impl Work for ForgetDocumentPhotos {
    type Input = DeclinedConsent;
    const KIND: &'static str = "forget_document_photos";

    async fn run(cx: Services, _: Run, declined: DeclinedConsent) -> AppResult<Step> {
        let DeclinedConsent { account_id, purpose } = declined;
        if purpose != ConsentPurpose::Sensitive {
            return Ok(Step::Done);
        }
        let permit = Permit::<ForgetPhotos>::for_job(JobName::FollowConsents, account_id);
        cx.db
            .write(&permit, async |tx| {
                // Who has agreed again since keeps them.
                if identity::declines(tx.conn(), account_id, purpose).await? {
                    tx.note("photos", store::forget_document_photos(tx.conn(), account_id, tx.now()).await?);
                }
                Ok(())
            })
            .await?;
        Ok(Step::Done)
    }
}
