//! Rotating a token: the new one, where its value goes, and what a crash leaves.

mod begin;
mod course;
mod due;
mod off_its_way;
mod own;
mod places;
mod plan;
mod several;

use std::path::Path;

use chrono::{DateTime, Utc};
use token_desk::{
    Created, Desk, Error, FileRequest, RotateRequest, Rotation, RotationId, TokenKey,
};

use crate::support::{Bench, named, now};

/// Rotates with what the plan proposes.
fn proposed(desk: &Desk, key: &TokenKey) -> RotateRequest {
    proposed_at(desk, key, now())
}

fn proposed_at(desk: &Desk, key: &TokenKey, now: DateTime<Utc>) -> RotateRequest {
    let form = desk.plan_rotation(key, now).unwrap().form;
    RotateRequest {
        key: key.clone(),
        name: form.name,
        expiry: form.expiry,
        left_out: vec![],
        by_hand: vec![],
        quiet: chrono::TimeDelta::hours(24),
        longest_job: chrono::TimeDelta::hours(1),
    }
}

/// A token that the app created and delivered to the file `token` in this folder.
async fn delivered(bench: &Bench, name: &str, folder: &Path) -> TokenKey {
    delivered_at(bench, name, folder, now()).await
}

async fn delivered_at(bench: &Bench, name: &str, folder: &Path, now: DateTime<Utc>) -> TokenKey {
    let created = bench.desk.create(named(name), now).await.unwrap();
    let path = folder.join("token").to_str().unwrap().to_owned();
    let request = FileRequest { path, home: None, replace: false };
    bench.desk.save_secret(created.handle, request, now).await.unwrap();
    bench.desk.close_secret(created.handle, false, now).await.unwrap();
    created.key.unwrap()
}

fn id(created: &Created) -> RotationId {
    let connection = created.key.as_ref().unwrap().connection;
    RotationId { connection, number: created.rotation.unwrap() }
}

/// The only rotation there is.
async fn only(desk: &Desk) -> Rotation {
    only_at(desk, now()).await
}

async fn only_at(desk: &Desk, now: DateTime<Utc>) -> Rotation {
    let mut rotations = desk.rotations(now).await.unwrap();
    assert_eq!(rotations.len(), 1, "{rotations:?}");
    rotations.remove(0)
}

fn refused(error: Result<impl std::fmt::Debug, Error>) -> token_desk::RotationError {
    match error.unwrap_err() {
        Error::Rotation(error) => error,
        error => panic!("{error}"),
    }
}
