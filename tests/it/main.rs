//! All integration tests in one binary: one link, one list. `architecture.rs` checks that no
//! file beside this one is forgotten.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    // Its suggestion does not compile for methods of types with a lifetime.
    clippy::redundant_closure_for_method_calls
)]

mod app_arrivals;
mod app_commands;
mod app_drafts;
mod app_faults;
mod app_findings;
mod app_long;
mod app_place;
mod app_proofread;
mod app_rolling;
mod app_room;
mod app_settling;
mod app_today;
mod app_undo;
mod architecture;
mod cli_attach;
mod cli_backup;
mod cli_bad_input;
mod cli_boxes;
mod cli_exchange;
mod cli_import;
mod cli_import_notes;
mod cli_journey;
mod cli_pair;
mod cli_people_csv;
mod cli_plan;
mod cli_review;
mod cli_templates;
mod cli_terminal;
mod exchange_file;
mod exchange_laws;
mod exchange_pairing;
mod exchange_records;
mod exchange_share;
mod export_access;
mod export_calendar;
mod export_summary;
mod export_year;
mod fairness_laws;
mod fairness_peer;
mod fairness_rows;
mod fairness_values;
mod fuzz;
mod hostile;
mod import_answers;
mod import_notes;
mod import_people;
mod library_demo;
mod library_lists;
mod library_mend;
mod library_modules;
mod library_packs;
mod library_reader;
mod library_shelf;
mod library_templates;
mod memory_disk;
mod memory_window;
mod model_cct;
mod model_compare;
mod model_cycle;
mod model_date;
mod model_journal;
mod model_merge;
mod model_natural_date;
mod model_person;
mod model_plan;
mod model_revision_plan;
#[cfg(target_os = "linux")]
mod proof_add;
#[cfg(target_os = "linux")]
mod proof_calls;
#[cfg(target_os = "linux")]
mod proof_child;
#[cfg(target_os = "linux")]
mod proof_clock;
#[cfg(target_os = "linux")]
mod proof_full;
#[cfg(target_os = "linux")]
mod proof_kill;
#[cfg(target_os = "linux")]
mod proof_peer;
#[cfg(target_os = "linux")]
mod proof_places;
#[cfg(target_os = "linux")]
mod proof_power;
#[cfg(target_os = "linux")]
mod proof_race;
#[cfg(target_os = "linux")]
mod proof_soak;
#[cfg(target_os = "linux")]
mod proof_sync;
mod review;
mod review_laws;
mod review_spelling;
mod review_statements;
mod review_wording;
mod search_laws;
mod support;
mod ui_access;
mod ui_answers;
mod ui_boxes;
mod ui_calendar;
mod ui_carry;
mod ui_doctor;
mod ui_doctor_handover;
mod ui_door;
mod ui_educator;
mod ui_erase;
mod ui_exchange;
mod ui_fairness;
mod ui_find;
mod ui_fit;
mod ui_gallery;
mod ui_handover;
mod ui_history;
mod ui_import;
mod ui_journal;
mod ui_journey;
mod ui_large;
mod ui_library;
mod ui_limits;
mod ui_lists;
mod ui_newcomers;
mod ui_outgoing;
mod ui_packs;
mod ui_packs_pictures;
mod ui_pages;
mod ui_pairing;
mod ui_pairing_pictures;
mod ui_palette;
mod ui_paper;
mod ui_pasted;
mod ui_people;
mod ui_person_about;
mod ui_person_pictures;
mod ui_plan;
mod ui_record;
mod ui_reflection;
mod ui_reflection_links;
mod ui_reflection_pictures;
mod ui_refused;
mod ui_replacing;
mod ui_retention;
mod ui_room;
mod ui_session;
mod ui_session_kinds;
mod ui_session_parts;
mod ui_session_pictures;
mod ui_settings;
mod ui_shared_folder;
mod ui_shared_note;
mod ui_summary;
mod ui_template_editor;
mod ui_template_pictures;
mod ui_theme;
mod ui_today;
mod ui_widgets;
mod ui_writing;
mod ui_year;
mod vault_backup;
mod vault_crash;
mod vault_damage;
mod vault_devices;
mod vault_erase;
mod vault_errno;
mod vault_faults;
mod vault_format;
mod vault_keys;
mod vault_listing;
mod vault_local;
mod vault_planted;
mod vault_props;
mod vault_renew;
mod vault_rescue;
mod vault_rolling;
mod vault_snapshot;
mod vault_tampering;
mod vault_warnings;
