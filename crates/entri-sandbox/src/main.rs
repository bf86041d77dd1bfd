//! The sandbox as a program: it prints one line about itself, then serves until it is stopped.

use std::io::{Write, stdout};
use std::process::ExitCode;
use std::time::Duration;

use chrono::TimeDelta;
use entri_sandbox::odd::ways;
use entri_sandbox::{Config, Drill, Practice, Sandbox, StartError, Variant};
use tokio::signal::unix::{SignalKind, signal};

const USAGE: &str = "usage: entri-sandbox [--port N] [--tokens N] [--seed N] [--history DAYSd]
                     [--odd SEED | --odd NAME[,NAME…] | --odd list]
                     [--drill leak|rotation]";
/// How often a drill is looked at.
const EVERY: Duration = Duration::from_secs(1);

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() -> ExitCode {
    if std::env::args().skip(1).eq(["--odd", "list"]) {
        return list_ways();
    }
    let (config, drill) = match read(std::env::args().skip(1)) {
        Ok(read) => read,
        Err(error) => return refuse(&format!("{error}\n{USAGE}"), 2),
    };
    match serve(config, drill).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => refuse(&error.to_string(), 1),
    }
}

fn read(mut arguments: impl Iterator<Item = String>) -> Result<(Config, Option<Drill>), String> {
    let (mut config, mut drill) = (Config::default(), None);
    while let Some(name) = arguments.next() {
        if name == "--history" {
            config.history = Some(days(&arguments.next().unwrap_or_default())?);
            continue;
        }
        if name == "--drill" {
            drill = Some(arguments.next().unwrap_or_default().parse()?);
            continue;
        }
        if name == "--odd" {
            config.variant = odd(&arguments.next().unwrap_or_default())?;
            continue;
        }
        let mut number = || {
            let value = arguments.next().ok_or(format!("{name} wants a number"))?;
            value.parse::<u64>().map_err(|_| format!("{name} wants a number, not {value}"))
        };
        let range = |_| format!("the number for {name} is too large");
        match name.as_str() {
            "--port" => config.port = number()?.try_into().map_err(range)?,
            "--tokens" => config.tokens = number()?.try_into().map_err(range)?,
            "--seed" => config.seed = number()?,
            _ => return Err(format!("unknown argument {name}")),
        }
    }
    Ok((config, drill))
}

/// A server that a seed draws, or one with the odd ways of these names.
fn odd(text: &str) -> Result<Variant, String> {
    match text.parse() {
        Ok(seed) => Ok(Variant::drawn(seed)),
        Err(_) => Variant::named(text)
            .map_err(|error| format!("{error}; --odd list names those that there are")),
    }
}

fn list_ways() -> ExitCode {
    let mut out = stdout().lock();
    let written = ways().iter().try_for_each(|way| writeln!(out, "{:24}{}", way.name, way.says));
    if written.is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// A span such as `365d`.
fn days(text: &str) -> Result<TimeDelta, String> {
    let days = text.strip_suffix('d').and_then(|days| days.parse::<u16>().ok());
    let days = days.ok_or_else(|| format!("--history wants days such as 365d, not {text}"))?;
    Ok(TimeDelta::days(days.into()))
}

async fn serve(config: Config, drill: Option<Drill>) -> Result<(), Box<dyn std::error::Error>> {
    let (mut terminate, mut interrupt) =
        (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    let sandbox = Sandbox::start(config).await?;
    let mut out = stdout().lock();
    writeln!(out, "{}", serde_json::to_string(sandbox.ready())?)?;
    out.flush()?;
    drop(out);
    let mut practice = drill.map(|drill| drill.begin(&sandbox)).transpose()?;
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
        practiced = follow(&sandbox, practice.as_mut()) => practiced?,
    }
    if let Some(practice) = practice.filter(|it| !it.is_over()) {
        say(&practice.summary());
    }
    sandbox.stop().await;
    Ok(())
}

/// Goes on with a drill until it is over. The server stays then.
async fn follow(sandbox: &Sandbox, practice: Option<&mut Practice>) -> Result<(), StartError> {
    if let Some(practice) = practice {
        say(&practice.task());
        while !practice.is_over() {
            tokio::time::sleep(EVERY).await;
            practice.go_on(sandbox)?.iter().for_each(|line| say(line));
        }
        say(&practice.summary());
    }
    std::future::pending().await
}

#[expect(clippy::print_stderr, reason = "whoever practices reads it there")]
fn say(line: &str) {
    eprintln!("{line}");
}

#[expect(clippy::print_stderr, reason = "a program says its errors there")]
fn refuse(error: &str, code: u8) -> ExitCode {
    eprintln!("entri-sandbox: {error}");
    ExitCode::from(code)
}
