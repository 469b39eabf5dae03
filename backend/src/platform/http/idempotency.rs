//! `Idempotency-Key`: a creating request that is repeated has one effect and one reply.

use crate::platform::{
    Services,
    db::{Permission, Tx, oldest_until},
    error::{AppError, AppResult},
};
use actix_web::{FromRequest, HttpRequest, dev::Payload};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter,
    sea_query::{Expr, OnConflict},
};
use serde::{Serialize, de::DeserializeOwned};
use sha2::{Digest, Sha256};
use shared::{ids::AccountId, problem::ProblemCode};
use std::future::{Ready, ready};

/// How long a reply is kept, in seconds. A device that was without a network hands in much later, but no later than this.
const KEPT_S: i64 = 30 * 86_400;

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
/// The key is claimed before the work begins. Whoever comes at the same moment waits at the claim for
/// the first one's commit, and then has its reply; if the first one fails, the claim goes with it.
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
    use idempotency_key::{Column, Entity};
    let Some(key) = &key.0 else { return work().await };
    let request_hash = hash(request)?;
    if !claim(tx, account_id, key, &request_hash).await? {
        let earlier = earlier(tx.conn(), account_id, key, &request_hash).await?;
        return earlier.ok_or_else(|| AppError::internal("a claimed idempotency key is gone"));
    }
    let reply = work().await?;
    let text = serde_json::to_string(&reply).map_err(AppError::internal)?;
    Entity::update_many()
        .col_expr(Column::Reply, Expr::value(text))
        .filter(Column::AccountId.eq(account_id))
        .filter(Column::Key.eq(key.as_str()))
        .exec(tx.conn())
        .await?;
    Ok(reply)
}

/// The first reply for this key, if there is one: a repeat need not do again what is long and goes before the write.
/// The write itself must still be done [`once`].
///
/// # Errors
/// [`ProblemCode::IdempotencyConflict`] if the key came with another `request`.
pub async fn replayed<T: DeserializeOwned>(
    conn: &impl ConnectionTrait,
    account_id: AccountId,
    key: &IdempotencyKey,
    request: &impl Serialize,
) -> AppResult<Option<T>> {
    match &key.0 {
        Some(key) => earlier(conn, account_id, key, &hash(request)?).await,
        None => Ok(None),
    }
}

/// Forgets replies that nobody will ask for again, the oldest, about as many as `rows`; how many.
///
/// # Errors
/// If the store fails.
pub async fn forget_replies(cx: &Services, permit: &impl Permission, rows: u64) -> AppResult<u64> {
    use idempotency_key::{Column, Entity};
    let before = cx.clock.now().plus_s(-KEPT_S);
    let Some(until) = oldest_until::<Entity>(cx.db.read(), Column::CreatedAt, before, rows).await? else {
        return Ok(0);
    };
    cx.db
        .write(permit, async |tx| {
            let deleted =
                Entity::delete_many().filter(Column::CreatedAt.lte(until)).exec(tx.conn()).await?.rows_affected;
            tx.note("rows", deleted);
            Ok(deleted)
        })
        .await
}

fn hash(request: &impl Serialize) -> AppResult<String> {
    Ok(hex::encode(Sha256::digest(serde_json::to_vec(request).map_err(AppError::internal)?)))
}

/// The reply to this request, if it came before.
async fn earlier<T: DeserializeOwned>(
    conn: &impl ConnectionTrait,
    account_id: AccountId,
    key: &str,
    request_hash: &str,
) -> AppResult<Option<T>> {
    let earlier = idempotency_key::Entity::find_by_id((account_id, key.to_owned())).one(conn).await?;
    let Some(earlier) = earlier else { return Ok(None) };
    if earlier.request_hash != request_hash {
        return Err(AppError::Problem(ProblemCode::IdempotencyConflict));
    }
    serde_json::from_str(&earlier.reply).map(Some).map_err(AppError::internal)
}

/// Takes the key for this transaction; `false` if an earlier request has it. No other transaction sees
/// the claim without its reply.
async fn claim(tx: &Tx, account_id: AccountId, key: &str, request_hash: &str) -> AppResult<bool> {
    use idempotency_key::{ActiveModel, Column, Entity};
    let row = ActiveModel {
        account_id: Set(account_id),
        key: Set(key.to_owned()),
        request_hash: Set(request_hash.to_owned()),
        reply: Set(String::new()),
        created_at: Set(tx.now()),
    };
    let unless_taken = OnConflict::columns([Column::AccountId, Column::Key]).do_nothing().to_owned();
    Ok(Entity::insert(row).on_conflict(unless_taken).exec_without_returning(tx.conn()).await? == 1)
}
