import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.neo4j.configuration.GraphDatabaseSettings;
import org.neo4j.configuration.connectors.BoltConnector;
import org.neo4j.configuration.helpers.SocketAddress;
import org.neo4j.dbms.api.DatabaseManagementServiceBuilder;
import org.neo4j.io.ByteUnit;

/** A Neo4j in this process: home folder, port on 127.0.0.1, and "auth" if it should ask for a password. */
class Main {
    public static void main(String[] args) throws IOException {
        var address = new SocketAddress("127.0.0.1", Integer.parseInt(args[1]));
        var service = new DatabaseManagementServiceBuilder(Path.of(args[0]))
            .setConfig(BoltConnector.enabled, true)
            .setConfig(BoltConnector.listen_address, address)
            .setConfig(BoltConnector.advertised_address, address)
            .setConfig(GraphDatabaseSettings.auth_enabled, args.length > 2 && args[2].equals("auth"))
            .setConfig(GraphDatabaseSettings.pagecache_memory, ByteUnit.mebiBytes(128))
            // To plan a statement takes ten times as long as to run it. It would be planned again once a suite has emptied the graph, or
            // once others have pushed it out: there are some 400, each planned for every combination of types and lengths that it is given.
            .setConfig(GraphDatabaseSettings.cypher_min_replan_interval, Duration.ofDays(1))
            .setConfig(GraphDatabaseSettings.query_cache_size, 10_000)
            .build();
        Runtime.getRuntime().addShutdownHook(new Thread(service::shutdown));
        System.out.println("ready");
        // Ends with whoever started it: standard input closes even when that process is killed.
        while (System.in.read() >= 0) { }
        Runtime.getRuntime().halt(0);
    }
}
