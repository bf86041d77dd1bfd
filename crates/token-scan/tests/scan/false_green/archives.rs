//! Archives that hide something behind, before or between what they list, and files that pack others.

use std::fs;
use std::io::Write;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use token_scan::{Fault, Key, Options, Report, Silent, scan_text};

use super::{finds, not_clean};
use crate::KEY;
use crate::archives::{gzip, scan_of, tar, zip, zipped};
use crate::maker::Maker;
use crate::random::Random;
use crate::scanned;

/// An archive of one file, which no search of its own bytes finds the value in.
fn hidden(token: &str) -> Vec<u8> {
    zip(&[zipped("in", format!("{}{token}", "some text ".repeat(20)).as_bytes())])
}

pub fn zlib(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).expect("memory");
    encoder.finish().expect("memory")
}

/// In a file, pasted, and in history.
fn everywhere(contents: &[u8]) -> [Report; 3] {
    let maker = Maker::new();
    let made = maker.repository("one", &[]);
    made.commit("a", contents);
    made.commit("a", "gone");
    let pasted = scan_text(contents, &Options::new(Key::new(KEY)), &Silent);
    [scan_of("a", contents), pasted, scanned(&made.path)]
}

#[test]
fn an_archive_behind_something_else_is_opened() {
    let token = Random::new(230).token();
    let archive = hidden(&token);
    let program = [&b"#!/usr/bin/env python3\n"[..], &archive].concat();
    let large = [&vec![1; 3 << 20], &archive[..]].concat();
    let spanned = [b"PK\x07\x08", &archive[..]].concat();
    let mut commented = program.clone();
    let end = commented.len();
    commented[end - 2..].copy_from_slice(&9_u16.to_le_bytes());
    commented.extend(b"a comment");
    for contents in [program, large, spanned, commented] {
        for report in everywhere(&contents) {
            finds(&report, &token);
            assert!(report.ledger.complete().is_some(), "{:?}", report.ledger);
        }
    }
}

#[test]
fn an_archive_that_is_not_the_end_of_its_file_is_told() {
    let token = Random::new(231).token();
    let archive = hidden(&token);
    let signed = [b"MZ program ", &archive[..], b"a signature"].concat();
    everywhere(&signed).iter().for_each(not_clean);
    not_clean(&scan_of("a.tar", &tar(&[("in.pyz", &[b"#!/bin/sh\n", &archive[..]].concat())])));
}

#[test]
fn entries_that_the_directory_does_not_list_are_told() {
    let token = Random::new(232).token();
    let (archive, other) = (hidden(&token), zip(&[zipped("b", b"harmless")]));
    let mut commented = archive.clone();
    let end = commented.len();
    commented[end - 2..].copy_from_slice(&22_u16.to_le_bytes());
    commented.extend([b"PK\x05\x06", &[0; 18][..]].concat());
    let bare = [&archive[..end - 22], b"PK\x05\x06", &[0; 18]].concat();
    let both = [&archive[..], &other].concat();
    let after_program = [b"#!/bin/sh\n", &both[..]].concat();
    let entry = &archive[..archive.windows(4).position(|it| it == b"PK\x01\x02").unwrap()];
    let between = [entry, &other].concat();
    for contents in [commented, bare, both, after_program, between] {
        everywhere(&contents).iter().for_each(not_clean);
    }
}

#[test]
fn what_zlib_packed_is_opened() {
    let token = Random::new(233).token();
    let text = format!("{}{token}", "some text ".repeat(200));
    for inner in [text.as_bytes(), &gzip(text.as_bytes())] {
        for report in everywhere(&zlib(inner)) {
            finds(&report, &token);
            assert!(report.ledger.complete().is_some(), "{:?}", report.ledger);
        }
        let header = format!("blob {}\0", inner.len());
        finds(&scan_of("a", &zlib(&[header.as_bytes(), inner].concat())), &token);
    }
    let twice = [zlib(b"harmless"), zlib(text.as_bytes())].concat();
    everywhere(&twice).iter().for_each(not_clean);
}

#[test]
fn an_object_of_git_is_opened_wherever_it_was_put() {
    let (maker, token) = (Maker::new(), Random::new(234).token());
    let made = maker.repository("one", &[]);
    made.commit("a", format!("{}{token}", "some text ".repeat(200)));
    let id = made.says(&["rev-parse", "HEAD:a"]);
    let folder = made.objects().join(&id[..2]);
    finds(&scanned(&folder), &token);
    finds(&scanned(&folder.join(&id[2..])), &token);
    fs::copy(folder.join(&id[2..]), maker.root().join("copy")).unwrap();
    finds(&scanned(&maker.root().join("copy")), &token);
}

#[test]
fn archives_of_tapes_are_read_to_their_end() {
    let token = Random::new(235).token();
    let packed = gzip(format!("{}{token}", "some text ".repeat(20)).as_bytes());
    let (first, second) = (tar(&[("a", b"harmless")]), tar(&[("b.gz", &packed)]));
    for report in everywhere(&[&first[..], &second].concat()) {
        finds(&report, &token);
    }
    for report in everywhere(&[&first[..], b"something else"].concat()) {
        assert!(report.ledger.all_unread().contains_key(&Fault::Damaged), "{:?}", report.ledger);
    }
    // As it was before POSIX: without a mark, and with the checksum of that.
    let mut old = second;
    old[257..265].fill(0);
    old[148..156].fill(b' ');
    let sum: u32 = old[..512].iter().map(|byte| u32::from(*byte)).sum();
    old[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    for report in everywhere(&old) {
        finds(&report, &token);
    }
}

#[test]
fn formats_that_are_not_opened_are_told() {
    let lzma = [&b"\x5d\0\0\x80\0"[..], &[0xff; 8], b"packed"].concat();
    let starts = [
        &b"!<arch>\ndebian-binary   "[..],
        b"!<arch>\ncontrol.tar.gz/ ",
        b"LZIP\x01....",
        b"hsqs....",
        &lzma,
        b"\x50\x2a\x4d\x18\0\0\0\0",
        b"\x1f\x9d\x90.",
        b"\xed\xab\xee\xdb\x03",
        b"07070100000",
        b"\x28\xb5\x2f\xfd.",
        b"BZh9\x17rE8P\x90",
    ];
    let disc = [&vec![0; 0x8001][..], b"CD001", &[0; 2048]].concat();
    let mac = [&vec![1; 900][..], b"koly\0\0\0\x04", &[0; 504]].concat();
    for contents in [disc, mac] {
        everywhere(&contents).iter().for_each(not_clean);
    }
    for start in starts {
        let report = scan_of("a", start);
        assert!(report.ledger.all_unread().contains_key(&Fault::UnknownFormat), "{start:?}");
    }
}
