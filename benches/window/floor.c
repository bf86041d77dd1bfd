/* The floor: the least a window with a web page in it costs on this system.
 * Shows one static page, and prints the titles that the page sets and what it tells the handler "say": "painted" two
 * frames after its rows were laid out, and what its own script measured. A title would be cut. */
#include <webkit2/webkit2.h>

static void on_title(WebKitWebView *view, GParamSpec *spec, gpointer data) {
    (void)spec;
    (void)data;
    g_print("%s\n", webkit_web_view_get_title(view));
    fflush(stdout);
}

static void on_say(WebKitUserContentManager *manager, WebKitJavascriptResult *said, gpointer data) {
    (void)manager;
    (void)data;
    char *text = jsc_value_to_string(webkit_javascript_result_get_js_value(said));
    g_print("%s\n", text);
    fflush(stdout);
    g_free(text);
}

int main(int argc, char **argv) {
    if (argc != 2) return 2;
    gtk_init(&argc, &argv);
    GtkWidget *window = gtk_window_new(GTK_WINDOW_TOPLEVEL);
    gtk_window_set_default_size(GTK_WINDOW(window), 1280, 800);
    WebKitUserContentManager *manager = webkit_user_content_manager_new();
    g_signal_connect(manager, "script-message-received::say", G_CALLBACK(on_say), NULL);
    webkit_user_content_manager_register_script_message_handler(manager, "say");
    GtkWidget *view = webkit_web_view_new_with_user_content_manager(manager);
    gtk_container_add(GTK_CONTAINER(window), view);
    g_signal_connect(view, "notify::title", G_CALLBACK(on_title), NULL);
    g_signal_connect(window, "destroy", G_CALLBACK(gtk_main_quit), NULL);
    webkit_web_view_load_uri(WEBKIT_WEB_VIEW(view), argv[1]);
    gtk_widget_show_all(window);
    gtk_main();
    return 0;
}
