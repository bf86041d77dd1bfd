/* The floor: the least a window with a web page in it costs on this system.
 * Shows one static page, and prints each title that the page sets: it says "painted" two frames after its
 * rows were laid out, and "measured" with what its own script measured. */
#include <webkit2/webkit2.h>

static void on_title(WebKitWebView *view, GParamSpec *spec, gpointer data) {
    (void)spec;
    (void)data;
    g_print("%s\n", webkit_web_view_get_title(view));
    fflush(stdout);
}

int main(int argc, char **argv) {
    if (argc != 2) return 2;
    gtk_init(&argc, &argv);
    GtkWidget *window = gtk_window_new(GTK_WINDOW_TOPLEVEL);
    gtk_window_set_default_size(GTK_WINDOW(window), 1280, 800);
    GtkWidget *view = webkit_web_view_new();
    gtk_container_add(GTK_CONTAINER(window), view);
    g_signal_connect(view, "notify::title", G_CALLBACK(on_title), NULL);
    g_signal_connect(window, "destroy", G_CALLBACK(gtk_main_quit), NULL);
    webkit_web_view_load_uri(WEBKIT_WEB_VIEW(view), argv[1]);
    gtk_widget_show_all(window);
    gtk_main();
    return 0;
}
