// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// The panel, drawn by Dear ImGui: time, options, layers, switches, figures, facts of what was
// picked.
#include "view/ui.h"
#include "view/words.h"
#include <SDL2/SDL.h>
#include <backends/imgui_impl_opengl3.h>
#include <backends/imgui_impl_sdl.h>
#include <cmath>
#include <cstring>
#include <imgui.h>
#include <new>

struct lf_view_ui {
    ImGuiContext *context;
    lf_theme theme;
};

static const char *say(const lf_view_panel *panel, lf_view_word word) {
    return lf_view_say(word, panel->def->chinese);
}

static void set_theme(lf_theme theme) {
    ImGuiStyle &style = ImGui::GetStyle();
    if (theme == LF_THEME_NIGHT) {
        ImGui::StyleColorsDark();
        style.Colors[ImGuiCol_WindowBg] = ImVec4(0.063f, 0.094f, 0.157f, 0.94f);
    } else {
        ImGui::StyleColorsLight();
        style.Colors[ImGuiCol_WindowBg] = ImVec4(0.98f, 0.973f, 0.953f, 0.96f);
        style.Colors[ImGuiCol_Text] = ImVec4(0.17f, 0.19f, 0.21f, 1);
    }
    const ImVec4 accent =
        theme == LF_THEME_NIGHT ? ImVec4(0.20f, 0.44f, 0.66f, 1) : ImVec4(0.62f, 0.76f, 0.84f, 1);
    style.Colors[ImGuiCol_Header] = accent;
    style.Colors[ImGuiCol_HeaderHovered] = accent;
    style.Colors[ImGuiCol_Button] = accent;
    const ImVec4 strong =
        theme == LF_THEME_NIGHT ? ImVec4(0.36f, 0.66f, 0.88f, 1) : ImVec4(0.20f, 0.44f, 0.58f, 1);
    style.Colors[ImGuiCol_SliderGrab] = strong;
    style.Colors[ImGuiCol_SliderGrabActive] = strong;
    style.Colors[ImGuiCol_CheckMark] = strong;
    style.Colors[ImGuiCol_ButtonHovered] = strong;
    style.Colors[ImGuiCol_ButtonActive] = strong;
    style.Colors[ImGuiCol_HeaderActive] = strong;
    if (theme == LF_THEME_DAY) {
        style.Colors[ImGuiCol_FrameBg] = ImVec4(0.90f, 0.895f, 0.88f, 1);
        style.Colors[ImGuiCol_FrameBgHovered] = ImVec4(0.86f, 0.87f, 0.87f, 1);
        style.Colors[ImGuiCol_TextDisabled] = ImVec4(0.36f, 0.38f, 0.41f, 1);
        style.Colors[ImGuiCol_TableRowBgAlt] = ImVec4(0.2f, 0.25f, 0.3f, 0.05f);
    } else {
        style.Colors[ImGuiCol_TextDisabled] = ImVec4(0.62f, 0.68f, 0.76f, 1);
    }
    style.WindowRounding = 0;
    style.FrameRounding = 4;
    style.WindowBorderSize = 0;
    style.WindowPadding = ImVec2(14, 12);
    style.ItemSpacing = ImVec2(8, 7);
}

extern "C" lf_view_ui *lf_view_ui_create(void *sdl_window, void *gl_context, const char *font_path,
                                         float font_px) {
    lf_view_ui *ui = new (std::nothrow) lf_view_ui();
    if (!ui) {
        return nullptr;
    }
    ui->context = ImGui::CreateContext();
    ImGuiIO &io = ImGui::GetIO();
    io.IniFilename = nullptr;
    io.LogFilename = nullptr;
    // The "common" range lacks everyday characters of names of places.
    io.Fonts->AddFontFromFileTTF(font_path, font_px, nullptr,
                                 io.Fonts->GetGlyphRangesChineseFull());
    ImGui_ImplSDL2_InitForOpenGL(static_cast<SDL_Window *>(sdl_window), gl_context);
    ImGui_ImplOpenGL3_Init("#version 450 core");
    ui->theme = LF_THEME_DAY;
    set_theme(ui->theme);
    return ui;
}

extern "C" void lf_view_ui_destroy(lf_view_ui *ui) {
    if (!ui) {
        return;
    }
    ImGui_ImplOpenGL3_Shutdown();
    ImGui_ImplSDL2_Shutdown();
    ImGui::DestroyContext(ui->context);
    delete ui;
}

extern "C" void lf_view_ui_event(lf_view_ui *ui, const void *sdl_event) {
    (void)ui;
    ImGui_ImplSDL2_ProcessEvent(static_cast<const SDL_Event *>(sdl_event));
}

extern "C" bool lf_view_ui_takes_mouse(const lf_view_ui *ui) {
    (void)ui;
    return ImGui::GetIO().WantCaptureMouse;
}

extern "C" bool lf_view_ui_takes_keys(const lf_view_ui *ui) {
    (void)ui;
    return ImGui::GetIO().WantTextInput;
}

static void draw_time(lf_view_panel *panel) {
    ImGui::TextUnformatted(say(panel, LF_VIEW_WORD_TIME));
    if (panel->frame_count < 2) {
        ImGui::TextDisabled("%s", say(panel, LF_VIEW_WORD_NO_FRAMES));
        return;
    }
    char clock[32], since[64], text[112];
    lf_view_clock_text(panel->def->start_clock_s + panel->frame_time_s, clock, sizeof clock);
    lf_view_since_text(panel->frame_time_s, panel->def->chinese, since, sizeof since);
    SDL_snprintf(text, sizeof text, "%s  (%s)", clock, since);
    ImGui::SetNextItemWidth(-1);
    ImGui::SliderInt("##frame", &panel->frame, 0, panel->frame_count - 1, text);
    if (ImGui::Button(say(panel, panel->playing ? LF_VIEW_WORD_PAUSE : LF_VIEW_WORD_PLAY))) {
        panel->playing = !panel->playing;
    }
    ImGui::SameLine();
    ImGui::SetNextItemWidth(-1);
    ImGui::SliderFloat("##speed", &panel->frames_per_s, 1, 30, "%.0f /s");
}

static void draw_options(lf_view_panel *panel) {
    ImGui::Separator();
    ImGui::TextUnformatted(say(panel, LF_VIEW_WORD_OPTIONS));
    for (int i = 0; i < panel->result->option_count; i++) {
        char text[160];
        SDL_snprintf(text, sizeof text, "%d  %s", i + 1, lf_option_name(panel->result->options[i]));
        if (ImGui::Selectable(text, panel->option_index == i)) {
            panel->option_index = i;
        }
    }
}

static void draw_switches(lf_view_panel *panel) {
    static const lf_view_word layers[] = {LF_VIEW_WORD_DEPTH, LF_VIEW_WORD_MAX_DEPTH,
                                          LF_VIEW_WORD_OCCUPANCY, LF_VIEW_WORD_NOTHING};
    ImGui::Separator();
    ImGui::TextUnformatted(say(panel, LF_VIEW_WORD_LAYER));
    for (int i = 0; i < 4; i++) {
        if (ImGui::RadioButton(say(panel, layers[i]), panel->def->show == i)) {
            panel->def->show = static_cast<lf_view_layer>(i);
        }
    }
    bool night = panel->def->theme == LF_THEME_NIGHT;
    ImGui::Checkbox(say(panel, LF_VIEW_WORD_XRAY), &panel->def->xray);
    ImGui::SameLine();
    if (ImGui::Checkbox(say(panel, LF_VIEW_WORD_NIGHT), &night)) {
        panel->def->theme = night ? LF_THEME_NIGHT : LF_THEME_DAY;
    }
    ImGui::SameLine();
    ImGui::Checkbox(say(panel, LF_VIEW_WORD_LABELS), &panel->labels);
    if (ImGui::Button(say(panel, LF_VIEW_WORD_LANGUAGE))) {
        panel->def->chinese = !panel->def->chinese;
    }
    ImGui::SameLine();
    panel->reset_camera = ImGui::Button(say(panel, LF_VIEW_WORD_RESET)) || panel->reset_camera;
    ImGui::SameLine();
    panel->save_picture = ImGui::Button("F12") || panel->save_picture;
}

static void draw_facts(lf_view_panel *panel) {
    ImGui::Separator();
    ImGui::TextUnformatted(say(panel, LF_VIEW_WORD_SELECTED));
    if (!panel->picked) {
        ImGui::PushTextWrapPos(0);
        ImGui::TextDisabled("%s", say(panel, LF_VIEW_WORD_PICK_HINT));
        ImGui::PopTextWrapPos();
        return;
    }
    if (ImGui::BeginTable("facts", 2, ImGuiTableFlags_RowBg | ImGuiTableFlags_SizingStretchProp)) {
        for (int i = 0; i < panel->fact_count; i++) {
            ImGui::TableNextRow();
            ImGui::TableNextColumn();
            ImGui::TextDisabled("%s", panel->facts[i].name);
            ImGui::TableNextColumn();
            ImGui::TextWrapped("%s", panel->facts[i].value);
        }
        ImGui::EndTable();
    }
}

// Whole numbers from a thousand on, four digits below.
static void draw_number(double value) {
    if (std::isnan(value)) {
        ImGui::TextUnformatted("-");
    } else if (std::fabs(value) >= 1000 && std::fabs(value) < 1e15) {
        ImGui::Text("%.0f", value);
    } else {
        ImGui::Text("%.4g", value);
    }
}

static void draw_figure(const lf_view_panel *panel, const lf_figure *figure) {
    const char *chinese = figure->def->doc_zh;
    bool translated = panel->def->chinese && chinese && chinese[0];
    ImGui::TableNextRow();
    ImGui::TableNextColumn();
    ImGui::TextWrapped("%s%s", translated ? chinese : figure->def->name,
                       figure->quality >= LF_ASSUMED ? " *" : "");
    ImGui::TableNextColumn();
    draw_number(figure->value);
    ImGui::TableNextColumn();
    ImGui::TextDisabled("%s", std::strcmp(figure->def->unit, "1") == 0 ? "" : figure->def->unit);
}

static void draw_figures(lf_view_panel *panel) {
    int count = lf_option_figure_count(panel->option);
    if (count == 0) {
        return;
    }
    ImGui::Separator();
    if (!ImGui::CollapsingHeader(say(panel, LF_VIEW_WORD_FIGURES),
                                 ImGuiTreeNodeFlags_DefaultOpen) ||
        !ImGui::BeginTable("figures", 3, ImGuiTableFlags_RowBg)) {
        return;
    }
    ImGui::TableSetupColumn("", ImGuiTableColumnFlags_WidthStretch);
    ImGui::TableSetupColumn("", ImGuiTableColumnFlags_WidthFixed);
    ImGui::TableSetupColumn("", ImGuiTableColumnFlags_WidthFixed);
    for (int i = 0; i < count; i++) {
        draw_figure(panel, lf_option_figure_at(panel->option, i));
    }
    ImGui::EndTable();
    ImGui::TextDisabled("* %s", say(panel, LF_VIEW_WORD_FIGURES_MARK));
}

extern "C" void lf_view_ui_draw(lf_view_ui *ui, lf_view_panel *panel) {
    if (ui->theme != panel->def->theme) {
        ui->theme = panel->def->theme;
        set_theme(ui->theme);
    }
    ImGui_ImplOpenGL3_NewFrame();
    ImGui_ImplSDL2_NewFrame();
    ImGui::NewFrame();
    ImGui::SetNextWindowPos(ImVec2(0, 0));
    ImGui::SetNextWindowSize(ImVec2(panel->width_px, ImGui::GetIO().DisplaySize.y));
    ImGui::Begin("lifang", nullptr,
                 ImGuiWindowFlags_NoTitleBar | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoResize |
                     ImGuiWindowFlags_NoCollapse);
    ImGui::TextUnformatted(panel->result->title ? panel->result->title : "");
    ImGui::Separator();
    draw_time(panel);
    draw_options(panel);
    draw_switches(panel);
    draw_facts(panel);
    draw_figures(panel);
    ImGui::Separator();
    ImGui::PushTextWrapPos(0);
    ImGui::TextDisabled("%s", say(panel, LF_VIEW_WORD_KEYS));
    ImGui::PopTextWrapPos();
    ImGui::End();
    ImGui::Render();
    ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
}
