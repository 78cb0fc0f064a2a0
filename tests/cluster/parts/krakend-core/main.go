// The program serves a krakend.json with the libraries of KrakenD Community Edition, whose own module is in no registry. It reads
// the file as KrakenD does and has its endpoints, Lua, Martian, the check of tokens, rate limits, CORS and log. It ignores what else a
// file has, such as Go plugins, telemetry and the revocation of tokens.
package main

import (
	"context"
	"flag"
	"fmt"
	"net/http"
	"os"
	"os/signal"
	"syscall"

	"github.com/krakend/krakend-cors/v2"
	corsserver "github.com/krakend/krakend-cors/v2/gin"
	"github.com/krakend/krakend-flexibleconfig/v2"
	"github.com/krakend/krakend-gologging/v2"
	"github.com/krakend/krakend-jose/v2"
	ginjose "github.com/krakend/krakend-jose/v2/gin"
	"github.com/krakend/krakend-koanf"
	luaproxy "github.com/krakend/krakend-lua/v2/proxy"
	luaendpoint "github.com/krakend/krakend-lua/v2/router"
	luarouter "github.com/krakend/krakend-lua/v2/router/gin"
	"github.com/krakend/krakend-martian/v2"
	ratebackend "github.com/krakend/krakend-ratelimit/v3/proxy"
	raterouter "github.com/krakend/krakend-ratelimit/v3/router/gin"
	"github.com/luraproject/lura/v2/config"
	"github.com/luraproject/lura/v2/core"
	"github.com/luraproject/lura/v2/logging"
	"github.com/luraproject/lura/v2/proxy"
	router "github.com/luraproject/lura/v2/router/gin"
	"github.com/luraproject/lura/v2/transport/http/client"
	"github.com/luraproject/lura/v2/transport/http/server"
)

// aliases has the name in a file of each part that the program has, and the name that the part's library looks for.
var aliases = map[string]string{
	"auth/validator":        jose.ValidatorNamespace,
	"modifier/lua-backend":  luaproxy.BackendNamespace,
	"modifier/lua-endpoint": luaendpoint.Namespace,
	"modifier/lua-proxy":    luaproxy.ProxyNamespace,
	"modifier/martian":      martian.Namespace,
	"proxy":                 proxy.Namespace,
	"router":                router.Namespace,
	"security/cors":         cors.Namespace,
	"telemetry/logging":     gologging.Namespace,
}

func main() {
	if len(os.Args) < 2 || os.Args[1] == "version" {
		fmt.Println("KrakenD Version:", core.KrakendVersion)
		return
	}
	flags := flag.NewFlagSet(os.Args[1], flag.ExitOnError)
	file := flags.String("c", "krakend.json", "the file")
	routes := flags.Bool("t", false, "with check: also test whether the router accepts the endpoints")
	flags.Parse(os.Args[2:])
	cfg, err := parser().Parse(*file)
	if err != nil {
		fmt.Fprintln(os.Stderr, "ERROR parsing the configuration file:", err)
		os.Exit(1)
	}
	if isRun := os.Args[1] == "run"; isRun || *routes {
		serve(cfg, isRun)
	}
}

// parser reads a file with flexible configuration if FC_ENABLE is set.
func parser() config.Parser {
	for alias, name := range aliases {
		config.ExtraConfigAlias[alias] = name
	}
	if os.Getenv("FC_ENABLE") == "" {
		return koanf.New()
	}
	return flexibleconfig.NewTemplateParser(flexibleconfig.Config{
		Parser:    koanf.New(),
		Partials:  os.Getenv("FC_PARTIALS"),
		Settings:  os.Getenv("FC_SETTINGS"),
		Templates: os.Getenv("FC_TEMPLATES"),
		Path:      os.Getenv("FC_OUT"),
	})
}

// serve puts the parts around each other in the order of KrakenD 2.12. It panics if the router does not accept the endpoints.
func serve(cfg config.ServiceConfig, listens bool) {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	cfg.Normalize()
	log, err := gologging.NewLogger(cfg.ExtraConfig)
	if err != nil {
		log, _ = logging.NewLogger("DEBUG", os.Stdout, "KRAKEND")
	}
	backends := martian.NewConfiguredBackendFactory(log, func(*config.Backend) client.HTTPRequestExecutor {
		return client.DefaultHTTPRequestExecutor(client.NewHTTPClient)
	})
	backends = ratebackend.BackendFactory(log, luaproxy.BackendFactory(log, backends))
	proxies := proxy.NewShadowFactory(proxy.NewDefaultFactory(backends, log))
	endpoints := router.CustomErrorEndpointHandler(log, server.DefaultToHTTPError)
	endpoints = luarouter.HandlerFactory(log, raterouter.NewRateLimiterMw(log, endpoints))
	endpoints = ginjose.HandlerFactory(endpoints, log, nil)
	engine := router.NewEngine(cfg, router.EngineOptions{Logger: log})
	luarouter.Register(log, cfg.ExtraConfig, engine)
	run := server.RunServerWithLoggerFactory(log)
	if !listens {
		run = func(context.Context, config.ServiceConfig, http.Handler) error { return nil }
	}
	router.NewFactory(router.Config{
		Engine:         engine,
		ProxyFactory:   luaproxy.ProxyFactory(log, proxies),
		HandlerFactory: endpoints,
		Logger:         log,
		RunServer:      router.RunServerFunc(corsserver.NewRunServerWithLogger(run, log)),
	}).NewWithContext(ctx).Run(cfg)
}
