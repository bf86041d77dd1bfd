//! A report in a spreadsheet: `LibreOffice` opens it, has a cell for each field and takes none for a
//! formula.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use chrono::Utc;
use csv::ReaderBuilder;
use token_audit::csv::neutral;
use token_desk::ReportFormat;

use crate::bench::{desk, folder, sandbox};
use crate::hostile;
use crate::report::{Outcome, Report};

const FILTER: &str = "Text - txt - csv (StarCalc)";
/// The separators that a spreadsheet may be set to.
const SEPARATORS: [char; 3] = [',', ';', '\t'];
/// Beside the names that deceive a reader, those that deceive a reader of tables.
const NAMES: [&str; 14] = [
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(1;1)",
    " =1+1",
    "a;=1+1;b",
    "a;\"=1+1\";b",
    "a\t=1+1\tb",
    "a\n=1+1\nb",
    "a\r\n-1+1",
    "a\",\"=1+1\",\"b",
    "\"=1+1\"",
    "=1+1;=1+1",
    "'=1+1",
];

pub async fn run(report: &mut Report) {
    if Command::new("soffice").arg("--version").stdout(Stdio::null()).status().is_err() {
        report.tell("LibreOffice is not here: the report was NOT opened in it".to_owned());
        return;
    }
    let folder = folder();
    for separator in SEPARATORS {
        let row = format!("\"first\",\"line\n=1+1{separator}\"\n=1+1{separator}\"last\"\n");
        let formulas = cells(folder.path(), &row, separator).into_iter().filter(Result::is_err);
        assert!(formulas.count() > 0, "the control: a formula is seen, parted at {separator:?}");
    }
    let names: Vec<_> =
        NAMES.iter().map(|name| (*name).to_owned()).chain(hostile::names()).collect();
    let written = written(&names).await;
    report.add(
        &format!(
            "{} hostile names in a report that LibreOffice opens: each field is equal",
            names.len()
        ),
        fields(folder.path(), &written, &names),
    );
    report.add(
        "the same, split at commas, semicolons or tabs: no cell is a formula",
        SEPARATORS.iter().flat_map(|&it| cells(folder.path(), &written, it)).collect(),
    );
}

/// A report of tokens with these names.
async fn written(names: &[String]) -> String {
    let (sandbox, data) = (sandbox().await, folder());
    for name in names {
        sandbox.add_token(name).unwrap();
    }
    let ready = sandbox.ready();
    let desk = desk(data.path().to_str().unwrap(), &ready.base_url, &ready.admin_token).await;
    desk.report("0.1.0", Utc::now()).text(ReportFormat::Csv)
}

/// One outcome for each field: whether its cell has it as it was written.
fn fields(folder: &Path, written: &str, names: &[String]) -> Vec<Outcome> {
    let back = fs::read_to_string(convert(folder, written, ',', "csv")).unwrap();
    let (sent, seen) = (rows(written), rows(&back));
    assert_eq!(sent.len(), seen.len(), "as many rows");
    let all = sent.iter().flatten();
    let is_there = |name: &String| all.clone().any(|field| *field == kept(&neutral(name)));
    assert!(names.iter().all(is_there), "the names are in the report");
    let same = |(sent, seen): (&String, &String)| {
        if sent == seen { Ok(()) } else { Err(format!("{sent:?} became {seen:?}")) }
    };
    sent.iter().zip(&seen).flat_map(|(sent, seen)| sent.iter().zip(seen).map(same)).collect()
}

/// One outcome for each cell: whether it isn't a formula.
fn cells(folder: &Path, written: &str, separator: char) -> Vec<Outcome> {
    let sheet = fs::read_to_string(convert(folder, written, separator, "fods")).unwrap();
    let tags = sheet.split("<table:table-cell").skip(1).filter_map(|cell| cell.split('>').next());
    // In a text quotes are escaped, so this is an attribute.
    let plain = |tag: &str| match tag.split_once("table:formula=\"") {
        Some((_, rest)) => {
            let formula = rest.split('"').next().unwrap_or_default();
            Err(format!("parted at {separator:?}: {formula}"))
        }
        None => Ok(()),
    };
    tags.map(plain).collect()
}

/// Has `LibreOffice` open a table and save it in another form.
fn convert(folder: &Path, table: &str, separator: char, form: &str) -> PathBuf {
    let (file, out) = (folder.join("report.csv"), folder.join("out"));
    fs::write(&file, table).unwrap();
    // Commas, quotes, UTF-8, from the first row on; each text in quotes, numbers as they are shown.
    let saved_as = match form {
        "csv" => format!("csv:{FILTER}:44,34,76,1,,0,true,true,false"),
        form => form.to_owned(),
    };
    let ended = Command::new("soffice")
        .arg(format!("-env:UserInstallation=file://{}", folder.join("profile").display()))
        .args(["--headless", "--convert-to", &saved_as, "--outdir"])
        .arg(&out)
        .arg(format!("--infilter={FILTER}:{},34,76,1", u32::from(separator)))
        .arg(&file)
        .output()
        .unwrap();
    assert!(ended.status.success(), "{}", String::from_utf8_lossy(&ended.stderr));
    out.join("report").with_extension(form)
}

fn rows(table: &str) -> Vec<Vec<String>> {
    let mut reader = ReaderBuilder::new();
    reader.has_headers(false).flexible(true);
    let rows = reader.from_reader(table.as_bytes()).into_records();
    rows.map(|row| row.unwrap().iter().map(kept).collect()).collect()
}

/// A cell has lines, whatever ends them, and cannot hold a NUL.
fn kept(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n").replace('\0', "")
}
