//! `Idempotency-Key`: a creating request that is repeated has one effect and one reply.

use crate::platform::{
    db::Tx,
    error::{AppError, AppResult},
};
use actix_web::{FromRequest, HttpRequest, dev::Payload};
use sea_orm::{ActiveValue::Set, EntityTrait};
use serde::{Serialize, de::DeserializeOwned};
use sha2::{Digest, Sha256};
use shared::{ids::AccountId, problem::ProblemCode};
use std::future::{Ready, ready};

mod idempotency_key {
    use sea_orm::entity::prelude::*;
    use shared::{ids::AccountId, time::Timestamp};

    /// One creating request and its reply.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "idempotency_key")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub account_id: AccountId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub key: String,
        pub request_hash: String,
        pub reply: String,
        pub created_at: Timestamp,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// The client's name for this request, if it gave one; at most 200 characters count.
#[derive(Clone, Debug)]
pub struct IdempotencyKey(pub Option<String>);

impl FromRequest for IdempotencyKey {
    type Error = AppError;
    type Future = Ready<Result<Self, AppError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let header = request.headers().get("idempotency-key").and_then(|value| value.to_str().ok());
        ready(Ok(Self(header.filter(|key| !key.is_empty()).map(|key| key.chars().take(200).collect()))))
    }
}

/// Does `work` once for this key: a repeat returns the first reply, in the same transaction.
///
/// # Errors
/// [`ProblemCode::IdempotencyConflict`] if the key came with another `request`, or what `work`
/// fails with.
pub async fn once<T: Serialize + DeserializeOwned>(
    tx: &Tx,
    account_id: AccountId,
    key: &IdempotencyKey,
    request: &impl Serialize,
    work: impl AsyncFnOnce() -> AppResult<T>,
) -> AppResult<T> {
    use idempotency_key::{ActiveModel, Entity};
    let Some(key) = &key.0 else { return work().await };
    let request_hash = hex::encode(Sha256::digest(serde_json::to_vec(request).map_err(AppError::internal)?));
    if let Some(earlier) = Entity::find_by_id((account_id, key.clone())).one(tx.conn()).await? {
        if earlier.request_hash != request_hash {
            return Err(AppError::Problem(ProblemCode::IdempotencyConflict));
        }
        return serde_json::from_str(&earlier.reply).map_err(AppError::internal);
    }
    let reply = work().await?;
    let row = ActiveModel {
        account_id: Set(account_id),
        key: Set(key.clone()),
        request_hash: Set(request_hash),
        reply: Set(serde_json::to_string(&reply).map_err(AppError::internal)?),
        created_at: Set(tx.now()),
    };
    Entity::insert(row).exec_without_returning(tx.conn()).await?;
    Ok(reply)
}
